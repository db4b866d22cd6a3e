import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type Account, isShared, type NewAccount } from '../accounts.ts';
import { randomId } from '../ids.ts';
import { onEachEngine } from './engines.ts';
import { atOnce, registerShop, signUp, storageOf } from './fixtures.ts';

const HOUR_MS = 60 * 60 * 1000;

onEachEngine('copies of a test person', (context) => {
  const rows = (index = 0) => storageOf(context, index).realm('sandbox');
  const accounts = () => rows().accounts;
  /** A test person whom everybody shares, with an address that is verified. */
  async function testPerson() {
    const persona = `persona-${randomId()}`;
    const email = `${crypto.randomUUID()}@example.com`;
    return {
      persona,
      email,
      shared: await signUp(context.storage, { persona, email, emailVerified: true }, 'sandbox'),
    };
  }
  const soon = () => new Date(Date.now() + HOUR_MS);
  const copy = ({ persona, email }: { persona: string; email: string }, browserHash: string, more: NewAccount = {}) =>
    accounts().createCopy({ persona, email, emailVerified: true, expiresAt: soon(), browserHash, ...more });
  const idOf = (account: Account | undefined) => account?.id;

  it('are a browser’s own: many have the same address, verified, and each is found in its browser alone', async () => {
    const person = await testPerson();
    const [mine, theirs] = [randomId(), randomId()];
    const [one, two] = [await copy(person, mine), await copy(person, theirs)];
    assert.deepEqual(
      [one.emailVerified, two.emailVerified, one.email, two.email],
      [true, true, person.email, person.email],
    );
    assert.equal(idOf(await accounts().findCopy(mine, person.persona)), one.id);
    assert.equal(idOf(await accounts().findCopy(theirs, person.persona)), two.id);
    assert.equal(await accounts().findCopy(randomId(), person.persona), undefined);
    assert.equal(await context.storage.realm('production').accounts.findCopy(mine, person.persona), undefined);
    assert.equal(idOf(await accounts().findPersona(person.persona)), person.shared.id);
    assert.deepEqual([isShared(one), isShared(person.shared)], [false, true]);
  });

  it('are one for each browser, however many picks come at once', async () => {
    const person = await testPerson();
    const browserHash = randomId();
    const made = await atOnce(8, (index) =>
      rows(index).accounts.createCopy({ ...person, browserHash, expiresAt: soon(), emailVerified: true }),
    );
    assert.equal(new Set(made.map(({ id }) => id)).size, 1);
  });

  it('are found by no address but in their own browser, and stand in nobody’s way', async () => {
    const person = await testPerson();
    const [mine, theirs] = [randomId(), randomId()];
    const hash = (salt: string) => `$argon2id$${salt.padEnd(22, 's')}$${'d'.repeat(43)}`;
    const own = await copy(person, mine, { passwordHash: hash('mine') });
    await copy(person, theirs, { passwordHash: hash('theirs') });
    const { email } = person;
    const find = async (scope: { appId?: string; browserHash?: string }, ...salts: string[]) =>
      idOf(await accounts().findByPasswordHashes(email, salts.map(hash), scope));
    const { appId } = await registerShop(context.storage, 'localhost');
    for (const app of [{}, { appId }]) {
      assert.equal(await find(app, 'mine', 'theirs'), undefined);
      assert.equal(await find({ ...app, browserHash: mine }, 'mine', 'theirs'), own.id);
      assert.deepEqual(await accounts().findOwnSalts(email, 'none', app), []);
      assert.deepEqual(await accounts().findOwnSalts(email, 'none', { ...app, browserHash: mine }), [hash('mine')]);
    }
    assert.deepEqual(
      (await accounts().findByEmail(email)).map(({ id }) => id),
      [person.shared.id],
    );
    assert.equal(idOf(await accounts().findRecoverable(email)), person.shared.id);

    // An address that only a copy has is as free as before.
    const wanted = `${crypto.randomUUID()}@example.com`;
    await accounts().changeEmail(own.id, wanted);
    assert.equal(await accounts().isVerified(wanted, undefined), false);
    await signUp(context.storage, { email: wanted, emailVerified: true }, 'sandbox');
    assert.equal(idOf(await accounts().findRecoverable(wanted)) === own.id, false);
  });

  it('give way to a fresh one when they have expired, or are about to be deleted', async () => {
    const person = await testPerson();
    const browserHash = randomId();
    const expired = await copy(person, browserHash, { expiresAt: new Date(Date.now() - 1) });
    assert.equal(await accounts().findCopy(browserHash, person.persona), undefined);
    const leaving = await copy(person, browserHash);
    assert.notEqual(leaving.id, expired.id);
    await rows().accountDeletion.request(leaving.id, soon());
    assert.equal(await accounts().findCopy(browserHash, person.persona), undefined);
    const fresh = await copy(person, browserHash);
    assert.equal(idOf(await accounts().findCopy(browserHash, person.persona)), fresh.id);
    const gone = [expired.id, leaving.id];
    assert.deepEqual((await rows().accountDeletion.due(100)).filter((id) => gone.includes(id)).sort(), gone.sort());
    const old = await accounts().find(expired.id);
    assert.deepEqual(
      [old && isShared(old), idOf(await accounts().findPersona(person.persona))],
      [false, person.shared.id],
    );
  });

  it('end together, and no others do', async () => {
    const [jane, remy] = [await testPerson(), await testPerson()];
    const [mine, theirs] = [randomId(), randomId()];
    const own = [await copy(jane, mine), await copy(remy, mine)];
    const other = await copy(jane, theirs);
    assert.deepEqual((await accounts().endCopies(mine)).sort(), own.map(({ id }) => id).sort());
    assert.deepEqual(await accounts().endCopies(mine), []);
    for (const { id } of own) assert.equal((await rows().accountDeletion.erase(id))?.wasExpired, true);
    for (const { id } of [other, jane.shared, remy.shared]) {
      assert.equal(await rows().accountDeletion.erase(id), undefined);
      assert.equal(idOf(await accounts().find(id)), id);
    }
    assert.equal(await accounts().expire(jane.shared.id), false, 'whom everybody shares stays');
    assert.equal(await accounts().expire(other.id), true);
  });

  it('as users of an app with one address, are found by it the latest first', async () => {
    const person = await testPerson();
    const { clientId } = await registerShop(context.storage, 'localhost');
    const ids: string[] = [];
    const later = new Date(Date.now() + 2 * HOUR_MS);
    const copies = [await copy(person, randomId()), await copy(person, randomId(), { expiresAt: later })];
    for (const account of [person.shared, ...copies]) {
      const { id } = await rows().users.ensure(clientId, account.id);
      await rows().grants.create({ id: randomId(), clientId, accountId: account.id, payload: {} });
      ids.unshift(id);
    }
    const found = await rows().appUsers(clientId).findLinkedByEmail(person.email);
    assert.deepEqual(
      found.map(({ id }) => id),
      ids,
    );
  });

  it('whatever address they take, are found by it after whoever has confirmed it at an app', async () => {
    const person = await testPerson();
    const { appId, clientId } = await registerShop(context.storage, 'localhost');
    const wanted = `${crypto.randomUUID()}@example.com`;
    const find = async () => (await rows().appUsers(clientId).findLinkedByEmail(wanted)).map(({ id }) => id);
    const connect = async ({ id: accountId }: Account) => {
      await rows().grants.create({ id: randomId(), clientId, accountId, payload: {} });
      return (await rows().users.ensure(clientId, accountId)).id;
    };
    const thief = await copy(person, randomId());
    await accounts().changeEmail(thief.id, wanted);
    assert.equal(await accounts().isSomebodys(wanted), false);
    const thiefs = await connect(thief);
    assert.deepEqual(await find(), [thiefs]);
    const owner = await signUp(context.storage, { email: wanted, emailVerified: true, appId }, 'sandbox');
    assert.deepEqual(await find(), [thiefs], 'the owner has not signed up there');
    const owners = await connect(owner);
    assert.deepEqual(await find(), [owners, thiefs]);
    assert.equal(await accounts().isSomebodys(wanted.toUpperCase()), true);
    assert.equal(await context.storage.realm('production').accounts.isSomebodys(wanted), false);
    assert.equal(await accounts().isSomebodys(person.email), false, 'a test person’s own');
  });
});
