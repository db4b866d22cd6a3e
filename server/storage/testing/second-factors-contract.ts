import assert from 'node:assert/strict';
import { it } from 'node:test';
import { hashSecret, randomId } from '../ids.ts';
import { MAX_KNOWN_BROWSERS } from '../known-browsers.ts';
import { sweep } from '../sweeper.ts';
import { onEachEngine } from './engines.ts';
import { everyCell } from './every-cell.ts';
import { atOnce, signUp, storageOf } from './fixtures.ts';

const LIFETIME_MS = 60_000;
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

onEachEngine('authenticators', (context) => {
  const authenticators = (index = 0) => storageOf(context, index).realm('production').authenticators;
  const newAccount = async () => (await signUp(context.storage)).id;
  const begin = async (accountId: string, lifetimeMs = LIFETIME_MS) => {
    const id = randomId();
    await authenticators().begin(accountId, { id, secret: `sealed-${id}` }, lifetimeMs);
    return id;
  };
  const active = async (accountId: string, step = 100) => {
    const id = await begin(accountId);
    assert.equal(await authenticators().confirm(accountId, id, step), true);
    return id;
  };

  it('work once they are confirmed, and go on working while another is set up', async () => {
    const account = await newAccount();
    const first = await begin(account);
    assert.equal(await authenticators().find(account, 'active'), undefined);
    assert.equal((await authenticators().find(account, 'pending'))?.secret, `sealed-${first}`);
    assert.equal(await authenticators().confirm(account, first, 100), true);
    assert.equal(await authenticators().find(account, 'pending'), undefined);
    const second = await begin(account);
    assert.equal((await authenticators().find(account, 'active'))?.id, first);
    assert.equal(await authenticators().confirm(account, second, 100), true);
    assert.equal((await authenticators().find(account, 'active'))?.id, second);
  });

  it('are set up one at a time, once, and not for long', async () => {
    const account = await newAccount();
    const first = await begin(account);
    const second = await begin(account);
    assert.equal(await authenticators().confirm(account, first, 100), false);
    const confirmed = await atOnce(4, (index) => authenticators(index).confirm(account, second, 100));
    assert.equal(confirmed.filter(Boolean).length, 1);
    const late = await begin(account, -1);
    assert.equal(await authenticators().find(account, 'pending'), undefined);
    assert.equal(await authenticators().confirm(account, late, 100), false);
    await sweep(context.database.db);
    assert.equal((await authenticators().find(account, 'active'))?.id, second);
    assert.ok(!(await everyCell(context.database)).some(({ value }) => value.includes(late)));
  });

  it('take the code of a step once, in however many processes at once, and none of an earlier one', async () => {
    const account = await newAccount();
    const id = await active(account, 100);
    assert.equal(await authenticators().useStep(account, id, 100), false, 'the one that confirmed it');
    assert.equal(await authenticators().useStep(account, id, 99), false);
    const used = await atOnce(8, (index) => authenticators(index).useStep(account, id, 101));
    assert.equal(used.filter(Boolean).length, 1);
    assert.equal(await authenticators().useStep(account, id, 102), true);
  });

  it('are their account’s and their realm’s alone', async () => {
    const [account, stranger] = [await newAccount(), await newAccount()];
    const id = await active(account);
    assert.equal(await authenticators().useStep(stranger, id, 200), false);
    assert.equal(await authenticators().find(stranger, 'active'), undefined);
    const sandbox = context.storage.realm('sandbox').authenticators;
    assert.equal(await sandbox.find(account, 'active'), undefined);
    assert.equal(await sandbox.useStep(account, id, 200), false);
    assert.equal(await sandbox.remove(account), false);
    assert.equal(await authenticators().remove(stranger), false);
    assert.equal(await authenticators().remove(account), true);
    assert.equal(await authenticators().remove(account), false);
    assert.equal(await authenticators().useStep(account, id, 300), false);
  });
});

onEachEngine('recovery codes', (context) => {
  const codes = (index = 0) => storageOf(context, index).realm('production').recoveryCodes;
  const newCodes = () => Array.from({ length: 10 }, () => randomId());

  it('work once each, in however many processes at once', async () => {
    const { id } = await signUp(context.storage);
    const [first = '', second = '', ...others] = newCodes();
    await codes().replace(id, [first, second, ...others]);
    const used = await atOnce(8, (index) => codes(index).use(id, first));
    assert.equal(used.filter(Boolean).length, 1);
    assert.equal(await codes().count(id), 9);
    assert.equal(await codes().use(id, second), true);
    assert.equal(await codes().use(id, randomId()), false);
    assert.equal(await codes().count(id), 8);
  });

  it('are over with the next set, and with none', async () => {
    const { id } = await signUp(context.storage);
    const [before, after] = [newCodes(), newCodes()];
    await codes().replace(id, before);
    await codes().replace(id, after);
    assert.equal(await codes().use(id, before[0] ?? ''), false);
    assert.equal(await codes().count(id), 10);
    await codes().replace(id, []);
    assert.equal(await codes().use(id, after[0] ?? ''), false);
  });

  it('are one account’s in one realm, and are not stored', async () => {
    const [own, stranger] = [await signUp(context.storage), await signUp(context.storage)];
    const [code = '', ...others] = newCodes();
    await codes().replace(own.id, [code, ...others]);
    assert.equal(await codes().use(stranger.id, code), false);
    assert.equal(await context.storage.realm('sandbox').recoveryCodes.use(own.id, code), false);
    assert.equal(await context.storage.realm('sandbox').recoveryCodes.count(own.id), 0);
    const cells = await everyCell(context.database);
    assert.ok(!cells.some(({ value }) => value.includes(code) || value === hashSecret(code)));
    assert.equal(await codes().use(own.id, code), true);
  });
});

onEachEngine('known browsers', (context) => {
  const browsers = (index = 0) => storageOf(context, index).realm('production').knownBrowsers;

  it('are new once, in however many processes at once', async () => {
    const { id } = await signUp(context.storage);
    const device = randomId();
    const seen = await atOnce(8, (index) => browsers(index).seen(id, device, { userAgent: 'Agent' }));
    assert.equal(seen.filter(({ isNew }) => isNew).length, 1);
    assert.equal(seen.filter(({ isFirst }) => isFirst).length, 1);
    assert.deepEqual(await browsers().seen(id, device), { isNew: false, isFirst: false });
    assert.deepEqual(await browsers().seen(id, randomId()), { isNew: true, isFirst: false });
  });

  it('are trusted for as long as their owner has said, whatever sign-ins follow', async () => {
    const { id } = await signUp(context.storage);
    const [device, other] = [randomId(), randomId()];
    const until = new Date(Date.now() + LIFETIME_MS);
    await browsers().seen(id, device, { trustedUntil: until });
    await browsers().seen(id, device, { userAgent: 'Later' });
    await browsers().seen(id, other);
    assert.deepEqual((await browsers().find(id, device))?.trustedUntil, until);
    assert.equal((await browsers().find(id, device))?.userAgent, 'Later');
    assert.equal((await browsers().find(id, other))?.trustedUntil, undefined);
    await browsers().trustNone(id);
    assert.equal((await browsers().find(id, device))?.trustedUntil, undefined);
  });

  it('are found by a number that is not stored, and are their account’s alone', async () => {
    const [own, stranger] = [await signUp(context.storage), await signUp(context.storage)];
    const device = randomId();
    await browsers().seen(own.id, device);
    const [known] = await browsers().list(own.id);
    assert.equal(known?.browserHash, hashSecret(device));
    assert.ok(!(await everyCell(context.database)).some(({ value }) => value.includes(device)));
    assert.equal(await browsers().find(stranger.id, device), undefined);
    assert.equal(await browsers().forget(stranger.id, known?.id ?? ''), undefined);
    const sandbox = context.storage.realm('sandbox').knownBrowsers;
    assert.deepEqual(await sandbox.list(own.id), []);
    assert.equal(await sandbox.find(own.id, device), undefined);
    assert.equal(await sandbox.forget(own.id, known?.id ?? ''), undefined);
    assert.equal((await browsers().forget(own.id, known?.id ?? ''))?.id, known?.id);
    assert.equal(await browsers().find(own.id, device), undefined);
  });

  it('are at most fifty, of which the one that was not used for longest goes first', async () => {
    const { id } = await signUp(context.storage);
    const oldest = randomId();
    await browsers().seen(id, oldest);
    await context.database.db
      .updateTable('known_browsers')
      .set({ last_seen_at: 1 })
      .where('account_id', '=', id)
      .execute();
    for (let index = 0; index < MAX_KNOWN_BROWSERS; index += 1) await browsers().seen(id, randomId());
    assert.equal((await browsers().list(id)).length, MAX_KNOWN_BROWSERS);
    assert.equal(await browsers().find(id, oldest), undefined);
  });

  it('are forgotten after a year without a sign-in', async () => {
    const { id } = await signUp(context.storage);
    const [old, used] = [randomId(), randomId()];
    await browsers().seen(id, old);
    const longAgo = { last_seen_at: Date.now() - YEAR_MS - LIFETIME_MS };
    await context.database.db.updateTable('known_browsers').set(longAgo).where('account_id', '=', id).execute();
    await browsers().seen(id, used);
    await sweep(context.database.db);
    assert.equal(await browsers().find(id, old), undefined);
    assert.ok(await browsers().find(id, used));
  });

  it('have sessions, which end with them', async () => {
    const { id } = await signUp(context.storage);
    const { sessions } = context.storage.realm('production');
    const [here, there, unknown] = [randomId(), randomId(), randomId()];
    await sessions.seen(here, id, { browserHash: 'here' });
    await sessions.seen(there, id, { browserHash: 'there' });
    await sessions.seen(unknown, id, {});
    // A later use does not say where.
    await context.database.db.updateTable('sessions').set({ last_seen_at: 1 }).where('account_id', '=', id).execute();
    await sessions.seen(here, id, {});
    const stranger = await signUp(context.storage);
    assert.equal(await sessions.endInBrowser(stranger.id, 'here'), 0);
    assert.equal(await sessions.endInBrowser(id, 'here'), 1);
    assert.equal(await sessions.find(id, here), undefined);
    assert.ok((await sessions.find(id, there)) && (await sessions.find(id, unknown)));
  });
});
