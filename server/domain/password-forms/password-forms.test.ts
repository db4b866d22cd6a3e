import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { argon2 } from './argon2.ts';
import { asKept, costOf, isHashOf, type KeptPassword } from './forms.ts';
import { readPasswordHash } from './read-password-hash.ts';
import { wrap } from './wrapped.ts';

const PASSWORD = 'Grüße an Zoë 12';
const FIREBASE = {
  algorithm: 'firebase-scrypt',
  signer_key: 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==',
  salt_separator: 'Bw==',
  rounds: 8,
  mem_cost: 14,
};

/** Who made the hash, of which password. What names a version was made by that version; the others are their systems' own examples. */
const VECTORS: readonly (readonly [string, string | object, string?])[] = [
  ['PHP 8.2 bcrypt', '$2y$10$84R1ZrJK4HS5GJ8SkbIdMeVoKfoVlRUkFw504n7mMUeerkzWCsqO.'],
  [
    'PHP 8.2 argon2id',
    '$argon2id$v=19$m=65536,t=4,p=1$OU1hazl2eWN6cTRnNXhNZg$eHa2hWozyhiHO26CLKWp5/aV5hpEeG3koyeT51C8Shw',
  ],
  ['WordPress 6.8, by PHP 8.2', '$wp$2y$10$hzG1lNxXcXGbSTrg8Ie.4e41CxzEW1SDr/6WWsYWQfUiBLt.NCD4i'],
  [
    'Django 5.2 pbkdf2_sha256',
    'pbkdf2_sha256$1000000$crlJevu9lbEEDKpY4ZWBKU$48hYqZuAMiKdoymSkuwf5+g0HJfY+IPB7S+0qicp93k=',
  ],
  ['Django 5.2 pbkdf2_sha1', 'pbkdf2_sha1$1000000$Vwia8dSKbnWgg7KbuqOf2f$axdsxABIfulhD/fJz5iry4afErQ='],
  [
    'Django 5.2 argon2',
    'argon2$argon2id$v=19$m=102400,t=2,p=8$dUJ1eEE0YU9MRVJFYkhwVDkwcWJoZg$kfHIJIonqcxDMWSXtlusXEFLfKSADyEE9quIdN7m9Uo',
  ],
  ['Django 5.2 bcrypt_sha256', 'bcrypt_sha256$$2b$12$V74uQAeYUI83NMHygHyzAe3Q4SyrSO78qjsgEkDXOTTsQEAxCQfZq'],
  ['Django 5.2 bcrypt', 'bcrypt$$2b$12$w3IA5I/SlAyBXgmXN7Tslu4zhw0RgPbVFig9.Zt8ynBPHFLx.quwu'],
  [
    'Django 5.2 scrypt',
    'scrypt$16384$Ox5o0N5lR6PRuEm1lonsM6$8$5$kbQsu+Lait9t2NeNjcNh3H1/zjk+YdUf4tx9fFnec3FwOMrHEPzBi0zgS5LGVM4Mj7mmnurGYpY64jca7LgpCw==',
  ],
  ['Django 5.2 md5', 'md5$IC76zqTrwsGDfN0mau542F$6999a296983d16808252af6888b0c291'],
  ['Django, by passlib 1.7, salted sha1', 'sha1$dEiQ4gPpgoRg$64020496cdfb45498e1d083894840e999d7d3c13'],
  ['passlib 1.7 pbkdf2_sha1', '$pbkdf2$131000$sfa.tzYmpLRWqjXGuPfeWw$2HsPCIh5kNjxqH8Srv1oo2aWyY0'],
  [
    'passlib 1.7 pbkdf2_sha256',
    '$pbkdf2-sha256$29000$3/vfG0OolRKitBaCEKJUyg$BuU/koWf/CNBM4LqafdOQqFUk4aOIfqiRUP/gLshHDc',
  ],
  [
    'passlib 1.7 pbkdf2_sha512',
    '$pbkdf2-sha512$25000$xHgvpdRaC2FMSQnhnLN2rg$knvAI7yYzW4cpKd71bC21znwpGFXKr5WJ.VpnryGoWwD.K7.2sxfnGK7PHK879M4VCDDboMFXfPrzfRt92.bNQ',
  ],
  ['passlib 1.7 phpass', '$P$Bx4eA5/Sen/cfFpYjRCu39lX3vD.hD.'],
  ['passlib 1.7 scrypt', '$scrypt$ln=14,r=8,p=1$v9f6PyektJYSIqQ0Ruj9Hw$iZwe8o/ICqVNaI6W3RD4SoIcWVwRZ9tvDSYBPA5G1iY'],
  ['passlib 1.7 ldap_md5', '{MD5}RsCCvn19Jcl6cPxprO7oKg=='],
  ['passlib 1.7 ldap_sha1', '{SHA}t+EZWR1cAWpEMgOwXvvjKuDe6lk='],
  ['passlib 1.7 ldap_salted_md5', '{SMD5}k4//HwXAoPjix+wcuoDFM0KIca4='],
  ['passlib 1.7 ldap_salted_sha1', '{SSHA}jInA32xSgjK1gZyQTQVyD5z0nxjLWYvx'],
  ['passlib 1.7 ldap_salted_sha256', '{SSHA256}W2IF/6aimrVu1FbAWYs7OhEm8lIAppOllGlkAhsPiX5TilEKIYQQIg=='],
  [
    'passlib 1.7 ldap_salted_sha512',
    '{SSHA512}DP75by2dxfVBvbZ2h1RBGHY8cYI3wthD5uIg96KjUis4CmSHV5AhtIog8Gj+XkgAI8V6sazJ4KCa7+D9t2cjiL1XyjlHSGmN',
  ],
  ['passlib 1.7 hex_md5', { algorithm: 'md5', hash: '46c082be7d7d25c97a70fc69aceee82a' }],
  [
    'Werkzeug 3.1 scrypt',
    'scrypt:32768:8:1$nWdciSncBTPQVXDv$8fa4be5176c815a22b5c738367aeafd8648b5826941282a4925442d6b181fa639c6047905264edc1d3c6940b2d2ac3687a62f22559201238eac69a5ebae77095',
  ],
  [
    'Werkzeug 3.1 pbkdf2',
    'pbkdf2:sha256:1000000$3ztMl6cjgQLFRqev$120c1cb9c21b50dde8673f74263d38c2634530d69392f8b31710701a42ecd7d6',
  ],
  [
    'firebase/scrypt, README',
    {
      ...FIREBASE,
      hash: 'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
      salt: '42xEC+ixf3L2lw==',
    },
    'user1password',
  ],
  [
    'firebase-admin, its tests',
    {
      ...FIREBASE,
      hash: 'V358E8LdWJXAO7muq0CufVpEOXaj8aFiC7T/rcaGieN04q/ZPJ08WhJEHGjj9lz/2TT+/86N5VjVoc5DdBhBiw==',
      salt: Buffer.from('NaCl').toString('base64'),
    },
    'password',
  ],
  ...[
    ['version 2', 'AAABAgMEBQYHCAkKCwwNDg+ukCEMDf0yyQ29NYubggHIVY0sdEUfdyeM+E1LtH1uJg=='],
    ['SHA-1, 250 rounds', 'AQAAAAAAAAD6AAAAEAhftMyfTJylOlZT+eEotFXd1elee8ih5WsjXaR3PA9M'],
    [
      'SHA-256, 250 000 rounds',
      'AQAAAAEAA9CQAAAAIESkQuj2Du8Y+kbc5lcN/W/3NiAZFEm11P27nrSN5/tId+bR1SwV8CO1Jd72r4C08OLvplNlCDc3oQZ8efcW+jQ=',
    ],
    ['SHA-512, 100 000 rounds', 'AQAAAAIAAYagAAAAEAABAgMEBQYHCAkKCwwNDg/Q8A0WMKbtHQJQ2DHCdoEeeFBrgNlldq6vH4qX/CGqGQ=='],
  ].map(
    ([name, hash]) =>
      [`ASP.NET Identity, its tests: ${name}`, { algorithm: 'aspnet-identity', hash }, 'my password'] as const,
  ),
  // RFC 7914 section 11, RFC 6070 section 2.
  [
    'RFC 7914',
    {
      algorithm: 'scrypt',
      ...{ n: 16384, r: 8, p: 1, salt: Buffer.from('SodiumChloride').toString('base64') },
      hash: Buffer.from(
        '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887',
        'hex',
      ).toString('base64'),
    },
    'pleaseletmein',
  ],
  [
    'RFC 6070',
    {
      algorithm: 'pbkdf2-sha1',
      ...{ iterations: 4096, salt: Buffer.from('salt').toString('base64') },
      hash: Buffer.from('4b007901b765489abead49d926f721d065a429c1', 'hex').toString('base64'),
    },
    'password',
  ],
  [
    'a salt on both sides',
    {
      algorithm: 'sha256',
      hash: '06270a44be44da683d4f1e6a2af5b9200f710450b4d59d2c65fa5e0520bf199e',
      salt: Buffer.from('pepper').toString('base64'),
      order: 'salt+password+salt',
    },
    'letmein',
  ],
];

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
