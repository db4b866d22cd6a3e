import assert from 'node:assert/strict';
import { afterEach, it } from 'node:test';
import { sql } from 'kysely';
import { randomId } from '../ids.ts';
import type { Job } from '../jobs.ts';
import { sweep } from '../sweeper.ts';
import { onEachEngine } from './engines.ts';
import { atOnce, signUp, storageOf } from './fixtures.ts';

const LEASE_MS = 60_000;
const KIND = 'backchannel_logout';

onEachEngine('jobs', (context) => {
  const jobs = () => context.storage.jobs;
  const all = () => context.database.db.selectFrom('jobs').selectAll().orderBy('client_id').execute();
  const add = (...clients: string[]) =>
    jobs().add(
      clients.map((clientId) => ({
        kind: KIND,
        realm: 'production',
        clientId,
        userId: 'u',
        payload: { session: 's' },
      })),
    );
  const letTimePass = () => context.database.db.updateTable('jobs').set({ due_at: 1 }).execute();
  const claim = (...except: string[]) => jobs().claim(KIND, LEASE_MS, except);
  const claimed = async () => (await claim()) ?? assert.fail('nothing to claim');
  afterEach(() => context.database.db.deleteFrom('jobs').execute());

  it('go to one of several processes each', async () => {
    await add('a', 'b', 'c', 'd', 'e');
    const claims = await atOnce(20, (index) => storageOf(context, index).jobs.claim(KIND, LEASE_MS));
    const got = claims.filter((job): job is Job => job !== undefined);
    assert.deepEqual(got.map(({ clientId }) => clientId).sort(), ['a', 'b', 'c', 'd', 'e']);
    assert.ok(
      got.every(({ attempts, payload, userId }) => attempts === 1 && payload['session'] === 's' && userId === 'u'),
    );
  });

  it('go to another once the lease has run out, and what the first writes then is nothing', async () => {
    await add('a');
    const dying = await claimed();
    assert.equal(await claim(), undefined);
    await letTimePass();
    // A lease is known by its end. Both claims can fall into one millisecond here, which a lease that really ran out cannot.
    const second = await context.elsewhere.storage.jobs.claim(KIND, LEASE_MS + 1);
    assert.deepEqual([second?.id, second?.attempts], [dying.id, 2]);
    assert.equal(await jobs().renew(dying, LEASE_MS), false);
    await jobs().delete(dying);
    await jobs().park(dying, 'late');
    await jobs().postpone(dying, 1, 'late');
    const [row] = await all();
    assert.deepEqual([row?.failure, row?.due_at], [null, second?.leasedUntil]);
    assert.ok(second && (await jobs().renew(second, 2 * LEASE_MS)));
    await jobs().delete(second);
    assert.deepEqual(await all(), [], 'the renewed lease is the one that counts');
  });

  it('are counted while they wait, and no more once they are given up', async () => {
    assert.deepEqual(await jobs().queue(KIND), { waiting: 0, oldest: undefined });
    const before = Date.now();
    await add('a', 'b', 'c');
    const { waiting, oldest } = await jobs().queue(KIND);
    assert.equal(waiting, 3);
    assert.ok(oldest && oldest.getTime() >= before && oldest.getTime() <= Date.now());
    await jobs().park(await claimed(), 'gone');
    await jobs().delete(await claimed());
    assert.equal((await jobs().queue(KIND)).waiting, 1);
  });

  it('of clients that are busy are left for later', async () => {
    await add('busy', 'free');
    assert.equal((await claim('busy', 'another'))?.clientId, 'free');
    assert.equal(await claim('busy'), undefined);
    assert.equal((await claim())?.clientId, 'busy');
  });

  it('are put off together with what waits for the same client, and not with what is being delivered', async () => {
    await add('dead', 'dead', 'dead', 'alive');
    const [first, second] = [await claim('alive'), await claim('alive')];
    assert.ok(first && second);
    await jobs().postpone(first, 60_000, 'status 500');
    const [job] = [await claimed()];
    assert.equal(job.clientId, 'alive');
    assert.equal(await claim(), undefined);
    const rows = await all();
    assert.equal(rows.find(({ id }) => id === first.id)?.failure, 'status 500');
    assert.equal(rows.find(({ id }) => id === second.id)?.due_at, second.leasedUntil);
    assert.deepEqual(rows.map(({ attempts }) => attempts).sort(), [0, 1, 1, 1], 'only what was tried has been tried');
  });

  it('let those of other clients go first, and are not lost by it', async () => {
    await add('slow', 'slow', 'slow', 'fast');
    await letTimePass();
    const first = await claim('fast');
    assert.ok(first);
    await jobs().letOthersFirst(first);
    assert.equal((await claimed()).clientId, 'fast');
    assert.equal((await claimed()).clientId, 'slow');
    assert.equal((await claimed()).clientId, 'slow');
    assert.equal((await all()).find(({ id }) => id === first.id)?.due_at, first.leasedUntil);
  });

  it('that were given up are kept for a week, and never given out', async () => {
    await add('a', 'b');
    await jobs().park(await claimed(), 'unreachable');
    await jobs().delete(await claimed());
    assert.equal(await claim(), undefined);
    await sweep(context.database.db);
    const [parked] = await all();
    assert.deepEqual([parked?.due_at, parked?.failure], [null, 'unreachable']);
    await context.database.db
      .updateTable('jobs')
      .set({ created_at: Date.now() - 8 * 24 * 3_600_000 })
      .execute();
    await sweep(context.database.db);
    assert.deepEqual(await all(), []);
  });

  it('take an empty list', async () => {
    await jobs().add([]);
    assert.deepEqual(await all(), []);
  });
});

onEachEngine('clients that received tokens in a session', (context) => {
  const rows = () => context.storage.realm('production');
  const told = async () =>
    (await context.database.db.selectFrom('jobs').selectAll().orderBy('client_id').execute()).map(
      ({ client_id: clientId, user_id: userId, realm, payload }) => [clientId, userId, realm, payload],
    );
  afterEach(async () => {
    await context.database.db.deleteFrom('jobs').execute();
    await context.database.db.deleteFrom('session_clients').execute();
  });
  const begin = async (accountId: string, ...clients: string[]) => {
    const uid = randomId();
    await rows().sessions.seen(uid, accountId, {});
    for (const clientId of clients) await rows().sessions.noteClient(uid, { clientId, userId: `of-${clientId}` });
    return uid;
  };

  it('are told when it ends: once, and only of that one', async () => {
    const { id } = await signUp(context.storage);
    const [here, there] = [await begin(id, 'a', 'b'), await begin(id, 'a')];
    await rows().sessions.noteClient(here, { clientId: 'a', userId: 'of-a' });
    assert.deepEqual(await told(), []);
    assert.equal(await context.storage.realm('sandbox').sessions.end(id, here), false);
    assert.deepEqual(await told(), []);
    await rows().sessions.end(id, here);
    await rows().sessions.end(id, here);
    const payload = JSON.stringify({ session: here });
    assert.deepEqual(await told(), [
      ['a', 'of-a', 'production', payload],
      ['b', 'of-b', 'production', payload],
    ]);
    await rows().sessions.endAll(id, there);
    assert.equal((await told()).length, 2);
    await rows().sessions.endAll(id);
    assert.equal((await told()).length, 3);
  });

  it('are told of nothing that is undone', async () => {
    const { id } = await signUp(context.storage);
    const uid = await begin(id, 'a');
    const failed = context.storage.transaction(async (storage) => {
      await storage.realm('production').sessions.end(id, uid);
      throw new Error('changed my mind');
    });
    await assert.rejects(failed, /changed my mind/);
    assert.deepEqual(await told(), []);
    assert.ok(await rows().sessions.find(id, uid));
  });

  it('are told, too, when they receive them while it ends', async () => {
    const { id } = await signUp(context.storage);
    const uid = await begin(id);
    await atOnce(8, async (index) => {
      const { sessions } = storageOf(context, index).realm('production');
      if (index === 4) return void (await sessions.end(id, uid));
      await sessions.noteClient(uid, { clientId: `client-${index}`, userId: 'u' });
    });
    assert.equal((await told()).length, 7);
    assert.deepEqual(await context.database.db.selectFrom('session_clients').selectAll().execute(), []);
  });

  it('are forgotten with sessions that expired long ago', async () => {
    const { id } = await signUp(context.storage);
    const [alive, gone] = [await begin(id, 'a'), await begin(id, 'a')];
    const longAgo = Date.now() - 20 * 24 * 3_600_000;
    await context.database.db.updateTable('session_clients').set({ created_at: longAgo }).execute();
    await context.database.db.updateTable('sessions').set({ last_seen_at: longAgo }).where('uid', '=', gone).execute();
    await sweep(context.database.db);
    const { rows: left } = await sql<{ session_uid: string }>`select session_uid from session_clients`.execute(
      context.database.db,
    );
    assert.deepEqual(
      left.map((row) => row.session_uid),
      [alive],
    );
    assert.deepEqual(await told(), [], 'expiring is no sign-out');
  });
});
