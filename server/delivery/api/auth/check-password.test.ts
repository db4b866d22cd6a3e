import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashPassword, unmatchableHash, verifyPassword } from '#domain/accounts/passwords.ts';
import { checkPassword } from './check-password.ts';

const passwordHash = await hashPassword('the right one');

describe('checkPassword', () => {
  const rows: [who: string, user: Parameters<typeof checkPassword>[0], password: string, expected: boolean][] = [
    ['the user', { active: true, passwordHash }, 'the right one', true],
    ['a guesser', { active: true, passwordHash }, 'a wrong one', false],
    ['an inactive user', { active: false, passwordHash }, 'the right one', false],
    ['a user without a password', { active: true }, 'the right one', false],
    ['nobody', undefined, 'the right one', false],
  ];
  for (const [who, user, password, expected] of rows) {
    it(`does the work of one check for ${who}, and says ${expected}`, async () => {
      const checked: string[] = [];
      const verify: typeof verifyPassword = (given, hash) => {
        checked.push(hash);
        return verifyPassword(given, hash);
      };
      assert.equal(await checkPassword(user, password, verify), expected);
      assert.deepEqual(checked, [user?.active && user.passwordHash ? passwordHash : await unmatchableHash]);
      const parametersOf = (hash: string) => hash.split('$').slice(0, 4);
      assert.deepEqual(parametersOf(checked[0] ?? ''), parametersOf(passwordHash), 'of the same cost');
    });
  }

  it('takes nobody in, not even one whose password were the unmatchable one', async () => {
    assert.equal(await checkPassword(undefined, 'x', async () => true), false);
  });
});
