/** Of every hash that names no other. */
export const PASSWORD = 'Grüße an Zoë 12';
const FIREBASE = {
  algorithm: 'firebase-scrypt',
  signer_key: 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==',
  salt_separator: 'Bw==',
  rounds: 8,
  mem_cost: 14,
};

/** Who made the hash, of which password. What names a version was made by that version; the others are their systems' own examples. */
export const VECTORS: readonly (readonly [string, string | object, string?])[] = [
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
