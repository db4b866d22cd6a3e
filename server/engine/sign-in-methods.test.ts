import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type Authentication,
  authenticationBy,
  passwordIn,
  provesTwoFactors,
  type SignInMethod,
} from './sign-in-methods.ts';

const MFA = 'https://refeds.org/profile/mfa';

describe('what a session says of how somebody signed in', () => {
  const rows: [methods: SignInMethod[], says: Authentication][] = [
    [['pwd'], { amr: ['pwd'] }],
    [['passkey'], { amr: ['pop', 'user'], acr: 'phr' }],
    [['persona'], {}],
    [['upstream'], {}],
    [['code'], { amr: ['otp'] }],
    [['pwd', 'code'], { amr: ['pwd', 'otp'] }],
    [['pwd', 'totp'], { amr: ['pwd', 'otp', 'mfa'], acr: MFA }],
    [['pwd', 'recovery_code'], { amr: ['pwd', 'otp', 'mfa'], acr: MFA }],
    [['code', 'totp'], { amr: ['otp', 'mfa'], acr: MFA }],
    [['upstream', 'totp'], { amr: ['otp'] }],
    [['pwd', 'passkey'], { amr: ['pwd', 'pop', 'user', 'mfa'], acr: 'phr' }],
    [[], {}],
  ];
  for (const [methods, says] of rows)
    it(`is ${JSON.stringify(says)} after ${methods.join(' and ') || 'nothing'}`, () =>
      assert.deepEqual(authenticationBy(methods), says));

  it('is two factors when they differ, or with a passkey', () => {
    const two = rows.filter(([methods]) => provesTwoFactors(methods)).map(([methods]) => methods.join('+'));
    assert.deepEqual(two, ['passkey', 'pwd+totp', 'pwd+recovery_code', 'code+totp', 'pwd+passkey']);
  });

  it('can be added to where it has a password alone', () => {
    const added = rows
      .filter(([methods]) => passwordIn(authenticationBy(methods)))
      .map(([methods]) => methods.join('+'));
    assert.deepEqual(added, ['pwd', 'pwd+code']);
  });
});
