import assert from 'node:assert/strict';
import { it } from 'node:test';
import { nextMillisecond } from '../../../scripts/testing/until.ts';
import type { SearchPage, SearchPlace } from '../account-search.ts';
import type { NewAccount } from '../accounts.ts';
import { randomId } from '../ids.ts';
import { NO_BELONGINGS } from '../imported-belongings.ts';
import { onEachEngine } from './engines.ts';
import { registerShop, signUp } from './fixtures.ts';

onEachEngine('the search for accounts', (context) => {
  const search = () => context.storage.realm('production').accountSearch;
  const named = (givenName: string, familyName?: string) =>
    signUp(context.storage, { givenName, ...(familyName !== undefined && { familyName }) });
  const namesOf = ({ found }: SearchPage) =>
    found.map(({ account: { givenName, familyName } }) => [givenName, familyName].filter(Boolean).join(' '));
  /** Ids on all pages. */
  const walk = async (page: (after: SearchPlace | undefined) => Promise<SearchPage>) => {
    const ids: string[] = [];
    for (let after: SearchPlace | undefined, pages = 0; ; pages += 1) {
      assert.ok(pages < 50, 'the pages end');
      const { found, next } = await page(after);
      ids.push(...found.map(({ account }) => account.id));
      if (!next) return ids;
      after = next;
    }
  };

  it('goes through all accounts page by page, newest first, and goes on where an account was that is gone', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      ids.unshift((await signUp(context.storage)).id);
      await nextMillisecond();
    }
    assert.deepEqual(await walk((after) => search().list({ limit: 2, after })), ids);
    assert.deepEqual(await walk((after) => search().list({ limit: 5, after })), ids);
    const { next } = await search().list({ limit: 2 });
    await context.database.db
      .deleteFrom('accounts')
      .where('id', '=', ids[1] ?? '')
      .execute();
    const { found } = await search().list({ limit: 2, after: next });
    assert.deepEqual(
      found.map(({ account }) => account.id),
      ids.slice(2, 4),
    );
  });

  it('finds by an address: whoever has verified it first, then the claims', async () => {
    const email = 'Searched@example.com';
    const claim = await signUp(context.storage, { email });
    await nextMillisecond();
    const owner = await signUp(context.storage, { email, emailVerified: true });
    const found = async (address: string, limit = 9) =>
      (await search().findByEmail(address, limit)).map(({ account }) => account.id);
    assert.deepEqual(await found('searched@EXAMPLE.com'), [owner.id, claim.id]);
    assert.deepEqual(await found(email, 1), [owner.id]);
    assert.deepEqual(await found('searched@example.co'), []);
    assert.deepEqual(await found('\0'), []);
  });

  it('finds by the id of another system, and tells of it with whatever leads to the account', async () => {
    const { imports } = context.storage.realm('production');
    const people = ['id:crm-1', 'email:only@example.com'].map((key) => ({
      ...{ id: randomId(), key, digest: 'digest', belongings: NO_BELONGINGS, verifiedPhoneNumber: '+31201234567' },
      account: { email: `${key.slice(-5)}@example.com` },
    }));
    await imports.create(await imports.begin('crm.ndjson'), people);
    const found = await search().findByExternalId('crm-1');
    assert.equal(found?.account.id, people[0]?.id);
    assert.deepEqual([found?.externalId, found?.verifiedPhoneNumber], ['crm-1', '+31201234567']);
    assert.deepEqual(await search().find(people[0]?.id ?? ''), found);
    assert.equal((await search().find(people[1]?.id ?? ''))?.externalId, undefined);
    for (const other of ['crm', 'crm-1 ', 'email:only@example.com', '\0'])
      assert.equal(await search().findByExternalId(other), undefined);
    assert.equal(await search().find('nobody'), undefined);
    assert.equal(await search().find('\0'), undefined);
    const sandbox = context.storage.realm('sandbox').accountSearch;
    assert.equal(await sandbox.findByExternalId('crm-1'), undefined);
    assert.equal(await sandbox.find(people[0]?.id ?? ''), undefined);
  });

  it('finds by a phone number that several people share', async () => {
    const phoneNumber = '+31205550101';
    const ids = [];
    for (const grouped of [phoneNumber, '+31 20 555 01 01', '+31 20-5550101'])
      ids.push((await signUp(context.storage, { phoneNumber: grouped })).id);
    await signUp(context.storage, { phoneNumber: '+312055501019' });
    assert.deepEqual(
      (await walk((after) => search().findByPhoneNumber(phoneNumber, { limit: 2, after }))).sort(),
      ids.sort(),
    );
    assert.deepEqual(await search().findByPhoneNumber('\0', { limit: 2 }), { found: [] });
  });

  it('finds by the begin of a name without case and accents: last names in order, then first names', async () => {
    await named('Anna', 'Łukasiewicz');
    await named('Bea', 'lukas');
    await named('Lukas', 'Zander');
    await named('Łukasz');
    await named('Lukas', 'Lukasson');
    await named('Luc', 'Besson');
    const all = ['Bea lukas', 'Anna Łukasiewicz', 'Lukas Lukasson', 'Lukas Zander', 'Łukasz'];
    assert.deepEqual(namesOf(await search().findByName('LUKAS', { limit: 9 })), all);
    const ids = (await search().findByName('lukas', { limit: 9 })).found.map(({ account }) => account.id);
    for (let limit = 1; limit < 6; limit += 1)
      assert.deepEqual(await walk((after) => search().findByName('lukas', { limit, after })), ids, `${limit} a page`);
    assert.deepEqual(namesOf(await search().findByName('luka%', { limit: 9 })), []);
    for (const nothing of ['', ' ', '\0', '\u0301'])
      assert.deepEqual(await search().findByName(nothing, { limit: 9 }), { found: [] });
  });

  it('finds by the name that somebody has now', async () => {
    const { accounts } = context.storage.realm('production');
    const { id } = await named('Old', 'Oldenburg');
    await accounts.updateProfile(id, { familyName: 'Neumann' });
    const found = async (prefix: string) => namesOf(await search().findByName(prefix, { limit: 9 }));
    assert.deepEqual(
      [await found('oldenb'), await found('neum'), await found('old')],
      [[], ['Old Neumann'], ['Old Neumann']],
    );
    await accounts.updateProfile(id, { familyName: null, locale: 'nl' });
    assert.deepEqual([await found('neum'), await found('old')], [[], ['Old']]);
  });

  it('finds nobody who is an app’s, a test person, or of the other realm', async () => {
    const sandbox = context.storage.realm('sandbox').accountSearch;
    const { appId } = await registerShop(context.storage, 'development:sandbox');
    const person = { email: 'hidden@example.com', familyName: 'Hidden', phoneNumber: '+31205550199' };
    const hidden: NewAccount[] = [
      { ...person, appId },
      { ...person, persona: 'complete' },
      { ...person, expiresAt: new Date(Date.now() + 60_000) },
    ];
    for (const account of hidden) await signUp(context.storage, account, 'sandbox');
    const production = await signUp(context.storage, person);
    const found = async () => [
      ...(await sandbox.list({ limit: 9 })).found,
      ...(await sandbox.findByEmail(person.email, 9)),
      ...(await sandbox.findByName('hid', { limit: 9 })).found,
      ...(await sandbox.findByPhoneNumber(person.phoneNumber, { limit: 9 })).found,
    ];
    assert.deepEqual(await found(), []);
    assert.equal(await sandbox.find(production.id), undefined);
    const brought = await signUp(context.storage, person, 'sandbox');
    assert.deepEqual(
      (await found()).map(({ account }) => account.id),
      Array.from({ length: 4 }, () => brought.id),
    );
  });
});
