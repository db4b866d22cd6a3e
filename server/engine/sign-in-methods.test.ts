import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Authentication, authenticationBy, type SignInMethod } from './sign-in-methods.ts';

describe('what a session says of how somebody signed in', () => {
  const rows: [methods: SignInMethod[], says: Authentication][] = [
    [['pwd'], { amr: ['pwd'] }],
    [['passkey'], { amr: ['pop', 'user'], acr: 'phr' }],
    [['persona'], {}],
    [['upstream'], {}],
    [['code'], { amr: ['otp'] }],
    [['pwd', 'code'], { amr: ['pwd', 'otp'] }],
    [['pwd', 'totp'], { amr: ['pwd', 'otp', 'mfa'] }],
    [['pwd', 'recovery_code'], { amr: ['pwd', 'otp', 'mfa'] }],
    [['code', 'totp'], { amr: ['otp', 'mfa'] }],
    [['pwd', 'passkey'], { amr: ['pwd', 'pop', 'user', 'mfa'], acr: 'phr' }],
    [[], {}],
  ];
  for (const [methods, says] of rows)
    it(`is ${JSON.stringify(says)} after ${methods.join(' and ') || 'nothing'}`, () =>
      assert.deepEqual(authenticationBy(methods), says));
});
