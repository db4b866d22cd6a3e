import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashPassword, passwordLength, unmatchableHash, verifyPassword } from './passwords.ts';

describe('hashPassword', () => {
  it('is argon2id with the parameters that OWASP recommends', async () => {
    const [empty, id, version, parameters, salt, hash] = (await hashPassword('correct horse battery')).split('$');
    assert.deepEqual([empty, id, version, parameters], ['', 'argon2id', 'v=19', 'm=19456,t=2,p=1']);
    assert.ok(Buffer.from(salt ?? '', 'base64').length >= 16, 'a salt of 128 bits');
    assert.ok(Buffer.from(hash ?? '', 'base64').length >= 32, 'a hash of 256 bits');
  });

  it('never gives the same hash twice', async () => {
    const [one, other] = await Promise.all([
      hashPassword('correct horse battery'),
      hashPassword('correct horse battery'),
    ]);
    assert.notEqual(one, other);
  });
});

describe('verifyPassword', () => {
  const rows: [title: string, set: string, typed: string, matches: boolean][] = [
    ['the same password', 'correct horse battery', 'correct horse battery', true],
    ['another password', 'correct horse battery', 'Correct horse battery', false],
    ['the same letters, composed otherwise', 'caf\u00e9 cr\u00e8me', 'cafe\u0301 cre\u0300me', true],
    ['a full-width keyboard', 'ｐａｓｓ　１２３４', 'pass 1234', true],
    ['white space at the end', 'correct horse ', 'correct horse', false],
    ['emoji', '🔐🗝️🚪🏠', '🔐🗝️🚪🏠', true],
    ['what follows a NUL', 'correct\0horse', 'correct\0battery', false],
    ['128 code points, all of which count', `${'x'.repeat(127)}y`, `${'x'.repeat(127)}z`, false],
  ];
  for (const [title, set, typed, matches] of rows) {
    it(`${matches ? 'accepts' : 'refuses'} ${title}`, async () => {
      assert.equal(await verifyPassword(typed, await hashPassword(set)), matches);
    });
  }

  it('matches nothing against the hash of nobody, which takes the same work', async () => {
    const hash = await unmatchableHash;
    assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    assert.equal(await verifyPassword('', hash), false);
  });
});

it('passwordLength counts code points', () => {
  assert.equal(passwordLength('🔐🔐🔐🔐'), 4);
  assert.equal(passwordLength('Łukasz'), 6);
  assert.equal(passwordLength('e\u0301le\u0300ve'), 5, 'letters with their accents');
});
