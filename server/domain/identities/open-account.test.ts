import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { randomId } from '#storage/ids.ts';
import { openTestRealm, type TestRealm } from '#testing/test-realm.ts';
import type { UpstreamPerson } from '#upstream/person.ts';
import { linkIdentity, openAccount } from './open-account.ts';

const ISSUER = 'https://login.acme.example';

describe('the account of whom another login sends', () => {
  let context: TestRealm;
  before(async () => {
    context = await openTestRealm('production');
  });
  after(() => context.close());

  const newPerson = (more: Partial<UpstreamPerson> = {}): UpstreamPerson => ({
    issuer: ISSUER,
    subject: randomId(),
    emailVerified: false,
    ...more,
  });
  const open = (person: UpstreamPerson, appId?: string) => openAccount(context, { upstream: 'acme', person, appId });
  const accountOf = async (person: UpstreamPerson, appId?: string) => {
    const opened = await open(person, appId);
    assert.ok('account' in opened, opened.outcome);
    return opened.account;
  };

  it('is new once, and known from then on, whatever else is said', async () => {
    const person = newPerson({ givenName: 'Ada', familyName: 'Lovelace', email: 'ada@acme.example', locale: 'en-GB' });
    const first = await open(person);
    assert.equal(first.outcome, 'new');
    const later = await open({ ...person, givenName: 'Eve', email: 'eve@acme.example', emailVerified: true });
    assert.equal(later.outcome, 'known');
    assert.ok('account' in first && 'account' in later);
    const { id, givenName, familyName, email, emailVerified, locale } = later.account;
    assert.deepEqual(
      [id, givenName, familyName, email, emailVerified, locale],
      [first.account.id, 'Ada', 'Lovelace', 'ada@acme.example', false, 'en-GB'],
    );
  });

  it('is never one that has an equal address, verified or not', async () => {
    const email = 'owner@acme.example';
    const owner = await context.rows.accounts.create({ email, emailVerified: true });
    const untrusted = await accountOf(newPerson({ email }));
    assert.notEqual(untrusted.id, owner.id);
    assert.equal(untrusted.emailVerified, false);
    assert.deepEqual(await open(newPerson({ email: 'OWNER@acme.example', emailVerified: true })), {
      outcome: 'address_known',
      email: 'OWNER@acme.example',
    });
    assert.deepEqual(await context.rows.identities.list(owner.id), []);
  });

  it('has a verified address where it is believed, and all claims of others to it end', async () => {
    const email = 'claimed@acme.example';
    const claims = await Promise.all(
      [1, 2, 3].map(() => context.rows.accounts.create({ email, emailVerified: false })),
    );
    const shop = { name: 'Shop', environment: 'production', origins: ['https://shop.example'] } as const;
    const { clientId } = await context.storage.apps.create(shop);
    const accountId = claims[0]?.id ?? '';
    await context.rows.grants.create({ id: randomId(), clientId, accountId, payload: {} });
    const account = await accountOf(newPerson({ email, emailVerified: true }));
    assert.equal(account.emailVerified, true);
    await context.events.flush();
    const { events } = await context.storage.appEvents.list(clientId, { limit: 10 });
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['consent.withdrawn'],
      'its developers are told',
    );
    for (const { id } of claims) assert.ok((await context.rows.accounts.find(id))?.deletionDueAt);
    assert.equal((await context.rows.accounts.findVerified(email))?.id, account.id);
  });

  it('stays blocked, and about to be deleted', async () => {
    const person = newPerson();
    const { id } = await accountOf(person);
    await context.rows.accounts.setBlocked(id, true);
    assert.deepEqual(await open(person), { outcome: 'account_blocked' });
    await context.rows.accounts.setBlocked(id, false);
    await context.rows.accountDeletion.request(id, new Date(Date.now() + 60_000));
    assert.equal((await open(person)).outcome, 'account_leaving');
  });

  it('is one, though somebody comes by two windows at once', async () => {
    const person = newPerson({ email: 'twice@acme.example', emailVerified: true });
    const opened = await Promise.all([1, 2, 3, 4].map(() => open(person)));
    const ids = opened.flatMap((each) => ('account' in each ? [each.account.id] : []));
    assert.equal(new Set(ids).size, 1);
    assert.ok(opened.every(({ outcome }) => outcome === 'new' || outcome === 'known' || outcome === 'address_known'));
  });

  it('has nothing that cannot be shown', async () => {
    const account = await accountOf(
      newPerson({
        givenName: '<b>Ada</b>',
        familyName: 'x'.repeat(500),
        email: 'no address',
        emailVerified: true,
        locale: '??',
      }),
    );
    assert.deepEqual([account.givenName, account.familyName, account.email, account.locale], Array(4).fill(undefined));
    assert.equal(account.emailVerified, false);
  });

  it('gets a second identity, which opens no other account then', async () => {
    const [one, two] = [await accountOf(newPerson()), await accountOf(newPerson())];
    const offer = {
      upstream: 'other',
      person: newPerson({ issuer: 'https://other.example', email: 'a@other.example' }),
    };
    assert.equal(await linkIdentity(context, offer, one.id), true);
    assert.equal(await linkIdentity(context, offer, one.id), true);
    assert.equal(await linkIdentity(context, offer, two.id), false);
    assert.equal((await accountOf(offer.person)).id, one.id);
  });
});

describe('the same in the sandbox', () => {
  it('is another account at each app', async () => {
    const context = await openTestRealm('sandbox');
    try {
      const apps = await Promise.all(
        ['One', 'Two'].map((name) =>
          context.storage.apps.create({ name, environment: 'localhost', origins: ['https://shop.example'] }),
        ),
      );
      const person = { issuer: ISSUER, subject: 'ada', email: 'ada@acme.example', emailVerified: true };
      const opened = [];
      for (const { appId } of [...apps, ...apps])
        opened.push(await openAccount(context, { upstream: 'acme', person, appId }));
      assert.deepEqual(
        opened.map(({ outcome }) => outcome),
        ['new', 'new', 'known', 'known'],
      );
      const ids = opened.flatMap((each) => ('account' in each ? [each.account.id] : []));
      assert.deepEqual([ids[2], ids[3]], [ids[0], ids[1]]);
      assert.notEqual(ids[0], ids[1]);
    } finally {
      await context.close();
    }
  });
});
