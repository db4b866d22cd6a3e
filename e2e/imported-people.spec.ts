import { randomUUID } from 'node:crypto';
import { openDataKeys } from '../server/data-key/open-data-keys.ts';
import { BUILT_IN } from '../server/domain/claims/catalogue.ts';
import { importPeople } from '../server/domain/import/import-people.ts';
import { PASSWORD, VECTORS } from '../server/domain/password-forms/testing/vectors.ts';
import { openPopup, openShop, received, type Shop, share, signIn } from './support/people.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';

/** One of each form, as the systems themselves have made it. */
const FORMS = [
  'PHP 8.2 bcrypt',
  'PHP 8.2 argon2id',
  'WordPress 6.8, by PHP 8.2',
  'Django 5.2 bcrypt_sha256',
  'passlib 1.7 pbkdf2_sha256',
  'passlib 1.7 phpass',
  'passlib 1.7 scrypt',
  'passlib 1.7 ldap_salted_sha1',
  'passlib 1.7 hex_md5',
  'firebase/scrypt, README',
  'ASP.NET Identity, its tests: version 2',
];

test('people sign in with the passwords that another system has hashed, and from then on by a hash of ours', async ({
  page,
  platform,
  site,
}) => {
  const shop = await openShop({ platform, site });
  const people = VECTORS.filter(([name]) => FORMS.includes(name)).map(([name, hash, password = PASSWORD]) => ({
    name,
    row: {
      email: `imported.${randomUUID()}@example.com`,
      email_verified: true,
      password_hash: hash,
      given_name: 'Ada',
    },
    password,
  }));
  expect(people.map(({ name }) => name)).toEqual(FORMS);
  const consents = [{ client_id: shop.clientId, fields: ['name', 'email'] }];
  await bring(
    platform,
    // Of half of them, the other system knows that they have agreed.
    people.map(({ row }, index) => (index % 2 === 0 ? row : { ...row, consents })),
  );
  const { accounts } = platform.storage.realm('sandbox');
  for (const [index, { name, row, password }] of people.entries()) {
    await test.step(name, async () => {
      const { id = '' } = (await accounts.findVerified(row.email)) ?? {};
      const stored = async () => (await accounts.find(id))?.passwordHash ?? '';
      expect(await stored()).toMatch(/^\{"form":/);
      const signInAt = async (asked: boolean) => {
        await page.context().clearCookies();
        await page.goto(shop.url);
        const popup = await openPopup(page);
        await signIn(popup, { email: row.email, password });
        if (asked) await share(popup);
        return credentialOf(page, shop);
      };
      expect(await signInAt(index % 2 === 0)).toBe(row.email);
      expect(await stored()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
      expect(await signInAt(false)).toBe(row.email);
    });
  }
});

async function credentialOf(page: Parameters<typeof received>[0], shop: Shop): Promise<string | undefined> {
  return (await received(page, shop)).email;
}

async function bring(platform: RunningPlatform, rows: readonly object[]): Promise<void> {
  async function* read() {
    for (const [index, row] of rows.entries()) yield { line: index + 1, row };
  }
  const { created } = await importPeople(platform.storage, read(), {
    ...{ realm: 'sandbox', source: randomUUID(), issuers: [], fields: BUILT_IN, dryRun: false },
    dataKeys: openDataKeys({ dataKeys: [], databaseUrl: undefined, dataDir: platform.dataDir }),
    onReject: ({ reason }) => {
      throw new Error(reason);
    },
  });
  expect(created).toBe(rows.length);
}
