import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { argon2 } from './argon2.ts';
import { asKept, costOf, isHashOf, type KeptPassword } from './forms.ts';
import { readPasswordHash } from './read-password-hash.ts';
import { PASSWORD, VECTORS } from './testing/vectors.ts';
import { wrap } from './wrapped.ts';

suite('passwords that other systems have hashed', () => {
  for (const [name, value, password = PASSWORD] of VECTORS) {
    test(name, async () => {
      const read = readPasswordHash(value);
      assert.ok('kept' in read, JSON.stringify(read));
      // It is kept as JSON.
      const kept = asKept(JSON.parse(JSON.stringify(read.kept)));
      assert.ok(kept);
      assert.equal(await isHashOf(kept, password), true);
      // With the slow ones, once is enough.
      if (costOf(kept) < 100) assert.equal(await isHashOf(kept, `${password}x`), false);
    });
  }
});

suite('a hash that cannot be kept', () => {
  const salt = Buffer.from('salt').toString('base64');
  const hash = Buffer.alloc(32).toString('base64');
  const bcryptOf = (cost: number) => `$2b$${cost}$w3IA5I/SlAyBXgmXN7Tslu4zhw0RgPbVFig9.Zt8ynBPHFLx.quwu`;
  const argon2Of = (costs: string) => `$argon2id$v=19$${costs}$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAA`;
  const rows: readonly (readonly [string, string | object, RegExp])[] = [
    ['a password', 'correct horse', /no hash of a known form/],
    ['nothing', '', /no hash of a known form/],
    ['Django, of somebody without a password', '!bnVsbA', /no hash of a known form/],
    ['sha512crypt', '$6$rounds=5000$salt$hash', /no hash of a known form/],
    ['bcrypt, cut off', bcryptOf(10).slice(0, -1), /cut off/],
    ['bcrypt, with a line end', `${bcryptOf(10)}\n`, /no hash of a known form|cut off/],
    ['bcrypt, of cost 15', bcryptOf(15), /too much work/],
    ['bcrypt, of cost 31', bcryptOf(31), /too much work/],
    ['bcrypt, of cost 99', bcryptOf(99), /too much work|cut off/],
    ['bcrypt, of cost 03', '$2b$03$w3IA5I/SlAyBXgmXN7Tslu4zhw0RgPbVFig9.Zt8ynBPHFLx.quwu', /cut off/],
    ['argon2, of 4 GB', '$argon2id$v=19$m=4194304,t=1,p=1$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAA', /too much work/],
    ['argon2, of 2 GB and one pass', argon2Of('m=1999999,t=1,p=1'), /too much work/],
    ['argon2, of no pass', argon2Of('m=1024,t=0,p=1'), /cut off/],
    ['argon2, of no lane', argon2Of('m=1024,t=1,p=0'), /cut off/],
    ['argon2, of less memory than its lanes need', argon2Of('m=8,t=1,p=99'), /cut off/],
    ['argon2, of base64 that ends within a byte', `${argon2Of('m=1024,t=1,p=1')}AAA`, /cut off/],
    ['argon2, without a digest', '$argon2id$v=19$m=65536,t=1,p=1$c2FsdHNhbHRzYWx0$', /cut off/],
    ['PBKDF2, of 10 million rounds', `$pbkdf2-sha256$10000000$c2FsdA$${hash.slice(0, -1)}`, /too much work/],
    ['PBKDF2, of no rounds', `$pbkdf2-sha256$0$c2FsdA$${hash.slice(0, -1)}`, /cut off/],
    ['PBKDF2, of another digest', `$pbkdf2-sha3$1000$c2FsdA$${hash}`, /cut off/],
    ['scrypt, of 1 GB', { algorithm: 'scrypt', hash, salt, n: 2 ** 20, r: 8, p: 1 }, /too much work/],
    ['scrypt, of an N that is no power of two', { algorithm: 'scrypt', hash, salt, n: 1000, r: 8, p: 1 }, /cut off/],
    // RFC 7914 allows N below 2^(16 * r).
    ['scrypt, of an N that is too large for r', { algorithm: 'scrypt', hash, salt, n: 2 ** 17, r: 1, p: 1 }, /cut off/],
    ['phpass, of 2^30 rounds', '$P$Sx4eA5/Sen/cfFpYjRCu39lX3vD.hD.', /too much work/],
    ['a digest that is too short', { algorithm: 'sha256', hash: 'abcd' }, /cut off/],
    ['a digest that is no base64', { algorithm: 'sha256', hash: '???' }, /cut off/],
    ['a salt that is no base64', { algorithm: 'sha256', hash, salt: 'ü' }, /salt: must be base64/],
    ['a key that is not known', { algorithm: 'sha256', hash, pepper: 'p' }, /pepper/],
    ['an algorithm that is not known', { algorithm: 'rot13', hash }, /algorithm must be one of argon2, bcrypt/],
    ['an object without an algorithm', {}, /algorithm must be one of/],
    ['ASP.NET, cut off', { algorithm: 'aspnet-identity', hash: 'AQAAAAIAAAAyAAAAEOMwvh3+' }, /no hash|cut off/],
    ['ASP.NET, a salt beyond the end', { algorithm: 'aspnet-identity', hash: 'AQAAAAIAAAAy//////Mwvh3+' }, /no hash/],
    ['ours, wrapped, which nobody exports', { form: 'wrapped' }, /algorithm must be one of/],
    ['a prototype', JSON.parse('{"__proto__":{"algorithm":"md5"},"algorithm":"md5","hash":"x"}'), /__proto__|cut off/],
  ];
  for (const [name, value, problem] of rows)
    test(name, () => {
      const read = readPasswordHash(value);
      assert.ok('problem' in read, JSON.stringify(read));
      assert.match(read.problem, problem);
      assert.match(read.problem, /^password_hash/);
    });
});

suite('what is typed in the place of a password is never an error', () => {
  const hash = Buffer.alloc(32).toString('base64');
  const hashes: readonly (string | object)[] = [
    '$2y$04$w3IA5I/SlAyBXgmXN7Tslu4zhw0RgPbVFig9.Zt8ynBPHFLx.quwu',
    '$wp$2y$04$w3IA5I/SlAyBXgmXN7Tslu4zhw0RgPbVFig9.Zt8ynBPHFLx.quwu',
    '$argon2id$v=19$m=1024,t=1,p=1$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAA',
    // The most lanes for the memory, and the largest N for r.
    '$argon2id$v=19$m=7992,t=1,p=999$c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAA',
    { algorithm: 'scrypt', hash, salt: '', n: 2 ** 15, r: 1, p: 1 },
    { algorithm: 'firebase-scrypt', hash, salt: '', signer_key: hash, mem_cost: 4 },
    `$pbkdf2-sha256$10$$${hash}`,
    '$P$5x4eA5/Sen/cfFpYjRCu39lX3vD.hD.',
    '{MD5}RsCCvn19Jcl6cPxprO7oKg==',
  ];
  for (const value of hashes)
    test(JSON.stringify(value), async () => {
      const read = readPasswordHash(value);
      assert.ok('kept' in read, JSON.stringify(read));
      for (const typed of ['', '\0', 'a\0b', '\ud800', 'ü'.repeat(500)])
        assert.equal(await isHashOf(read.kept, typed), false);
    });
});

test('WordPress leaves out what is around a password', async () => {
  const read = readPasswordHash('$wp$2y$10$hzG1lNxXcXGbSTrg8Ie.4e41CxzEW1SDr/6WWsYWQfUiBLt.NCD4i');
  assert.ok('kept' in read);
  assert.equal(await isHashOf(read.kept, `\t ${PASSWORD}\n`), true);
  assert.equal(await isHashOf(read.kept, `\u00a0${PASSWORD}`), false);
});

test('a weak digest is still the password’s when it is wrapped', async () => {
  const read = readPasswordHash('{SSHA}jInA32xSgjK1gZyQTQVyD5z0nxjLWYvx');
  assert.ok('kept' in read && read.kept.form === 'digest');
  const kept: KeptPassword = await wrap(read.kept);
  assert.equal(kept.form, 'wrapped');
  assert.doesNotMatch(JSON.stringify(kept), new RegExp(read.kept.hash.replaceAll(/[+/]/g, '.')));
  assert.equal(await isHashOf(kept, PASSWORD), true);
  assert.equal(await isHashOf(kept, `${PASSWORD}x`), false);
  assert.equal(argon2.cost({ form: 'argon2', hash: kept.hash }) > 5, true);
});

test('many rounds of MD5 do not hold up the event loop', async () => {
  // 2^15 rounds, four times as many as WordPress takes.
  const read = readPasswordHash('$P$Dx4eA5/Sen/cfFpYjRCu39lX3vD.hD.');
  assert.ok('kept' in read);
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 0);
  await isHashOf(read.kept, PASSWORD);
  clearInterval(timer);
  assert.ok(turns >= 10, String(turns));
});
