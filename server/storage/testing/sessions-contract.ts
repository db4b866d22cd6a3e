import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { randomId } from '../ids.ts';
import { sweep } from '../sweeper.ts';
import { onEachEngine } from './engines.ts';
import { atOnce, signUp, storageOf } from './fixtures.ts';

const HOUR_SECONDS = 3_600;
const DAY_MS = 24 * 60 * 60 * 1000;

onEachEngine('sessions', (context) => {
  const rows = () => context.storage.realm('production');

  /** Signed in as the engine does it. */
  async function signedIn(accountId: string) {
    const session = { id: randomId(), uid: randomId() };
    await rows().sessions.seen(session.uid, accountId, { userAgent: 'curl', address: '192.0.2.7' });
    await save(session, accountId);
    return session;
  }
  const save = ({ id, uid }: { id: string; uid: string }, accountId: string) =>
    rows().oidcRecords.save('Session', id, { jti: id, uid, accountId }, HOUR_SECONDS);
  const isAlive = async ({ id, uid }: { id: string; uid: string }) => {
    const [byId, byUid] = [
      await rows().oidcRecords.find('Session', id),
      await context.elsewhere.storage.realm('production').oidcRecords.findByUid('Session', uid),
    ];
    assert.equal(byId === undefined, byUid === undefined);
    return byId !== undefined;
  };

  it('do not begin by what was proven before everything was ended', async () => {
    const { id: accountId, signOutCount } = await signUp(context.storage);
    const { accounts, sessions } = rows();
    const begin = async (count: number | undefined) => {
      const session = { id: randomId(), uid: randomId() };
      await sessions.seen(session.uid, accountId, {}, count);
      await save(session, accountId);
      return session;
    };
    assert.equal(await isAlive(await begin(signOutCount)), true);
    await sessions.endAll(accountId);
    assert.equal(await isAlive(await begin(signOutCount)), false);
    assert.equal(await isAlive(await begin((await accounts.find(accountId))?.signOutCount)), true);
    assert.equal(await isAlive(await begin(undefined)), true, 'of a session that is older');
  });

  it('do not survive when they begin while everything is ended', async () => {
    // SQLite has one transaction at a time.
    if (context.engine !== 'PostgreSQL') return;
    const { id: accountId, signOutCount } = await signUp(context.storage);
    const uid = randomId();
    let ending: Promise<number> | undefined;
    await context.storage.transaction(async (within) => {
      await within.realm('production').sessions.seen(uid, accountId, {}, signOutCount);
      ending = context.elsewhere.storage.realm('production').sessions.endAll(accountId);
      await delay(100);
    });
    assert.equal(await ending, 1);
    assert.equal(await rows().sessions.find(accountId, uid), undefined);
  });

  it('stay ended when a request that began before saves them, before or after', async () => {
    const { id: accountId } = await signUp(context.storage);
    const { sessions } = rows();
    const endings = [
      (uid: string) => sessions.end(accountId, uid),
      () => sessions.endAll(accountId),
      () => sessions.endAll(accountId, 'another'),
    ];
    for (const end of endings) {
      const session = await signedIn(accountId);
      await save(session, accountId);
      assert.equal(await isAlive(session), true);
      await end(session.uid);
      assert.equal(await isAlive(session), false);
      await sessions.seen(session.uid, accountId, { userAgent: 'curl' });
      await save(session, accountId);
      assert.equal(await isAlive(session), false);
      // Signing in once more renews the identifier of a session, not its handle.
      const renewed = { ...session, id: randomId() };
      await save(renewed, accountId);
      assert.equal(await isAlive(renewed), false);
      await sweep(context.database.db);
      assert.equal(await isAlive(renewed), false);
      assert.deepEqual(await sessions.list(accountId), { sessions: [], total: 0 });
      assert.equal(await sessions.find(accountId, session.uid), undefined);
      assert.equal(await sessions.end(accountId, session.uid), false, 'once');
    }
  });

  it('stay ended whichever of many requests at the same moment is the last', async () => {
    const { id: accountId } = await signUp(context.storage);
    const session = await signedIn(accountId);
    await atOnce(12, async (index) => {
      const { sessions, oidcRecords } = storageOf(context, index).realm('production');
      if (index === 5) return void (await sessions.endAll(accountId));
      const id = index % 3 === 0 ? randomId() : session.id;
      await sessions.seen(session.uid, accountId, {});
      await oidcRecords.save('Session', id, { jti: id, uid: session.uid, accountId }, HOUR_SECONDS);
    });
    assert.equal(await isAlive(session), false);
  });

  it('of others, and the one that is kept, go on', async () => {
    const [ada, bystander] = [await signUp(context.storage), await signUp(context.storage)];
    const [kept, gone, theirs] = [await signedIn(ada.id), await signedIn(ada.id), await signedIn(bystander.id)];
    assert.equal(await rows().sessions.endAll(ada.id, kept.uid), 1);
    assert.deepEqual(await Promise.all([kept, gone, theirs].map(isAlive)), [true, false, true]);
    assert.equal(await rows().sessions.end(ada.id, theirs.uid), false);
    assert.equal(await context.storage.realm('sandbox').sessions.end(ada.id, kept.uid), false);
    await save(kept, ada.id);
    assert.equal(await isAlive(kept), true);
  });

  it('leave nothing of the device when they end, and nothing at all when nobody can save them any more', async () => {
    const { id: accountId } = await signUp(context.storage);
    const { uid } = await signedIn(accountId);
    await rows().sessions.end(accountId, uid);
    const { db } = context.database;
    const row = () => db.selectFrom('sessions').selectAll().where('uid', '=', uid).executeTakeFirst();
    assert.deepEqual([(await row())?.user_agent, (await row())?.address], [null, null]);
    await db
      .updateTable('sessions')
      .set({ last_seen_at: Date.now() - 16 * DAY_MS })
      .where('uid', '=', uid)
      .execute();
    await sweep(db);
    assert.equal(await row(), undefined);
  });

  it('that were signed in to by a popup end with it, though it is saved once more', async () => {
    const { id: accountId } = await signUp(context.storage);
    const { oidcRecords, sessions } = rows();
    const popup = randomId();
    const payload = { jti: popup, result: { login: { accountId } } };
    await oidcRecords.save('Interaction', popup, payload, HOUR_SECONDS);
    await sessions.endAll(accountId);
    assert.equal(await oidcRecords.find('Interaction', popup), undefined);
    await sweep(context.database.db);
    await oidcRecords.save('Interaction', popup, payload, HOUR_SECONDS);
    assert.equal(await oidcRecords.find('Interaction', popup), undefined);
  });

  it('end with every popup that holds a sign-in, but for the one that goes on', async () => {
    const { id: accountId } = await signUp(context.storage);
    const { oidcRecords, sessions } = rows();
    const [own, thiefs] = [randomId(), randomId()];
    for (const popup of [own, thiefs]) {
      await oidcRecords.save('Interaction', popup, { jti: popup, result: { signIn: { accountId } } }, HOUR_SECONDS);
    }
    const atPortal = randomId();
    await oidcRecords.save('PortalSignIn', atPortal, { jti: atPortal, accountId }, HOUR_SECONDS);
    await sessions.endAll(accountId, randomId(), own);
    assert.ok(await oidcRecords.find('Interaction', own));
    assert.equal(await oidcRecords.find('Interaction', thiefs), undefined);
    assert.equal(await oidcRecords.find('PortalSignIn', atPortal), undefined);
  });

  it('that began by a session at another login end with it, or with all of its person there, and tell who was told of them', async () => {
    const { id } = await signUp(context.storage);
    const [subjectHash, other] = [randomId(), randomId()];
    const there = async (upstream?: { subjectHash: string; sessionHash?: string }) => {
      const session = { id: randomId(), uid: randomId() };
      await rows().sessions.seen(session.uid, id, { upstream });
      await save(session, id);
      return session;
    };
    const sessionHash = randomId();
    const one = await there({ subjectHash, sessionHash });
    const two = await there({ subjectHash });
    const [stranger, own] = [await there({ subjectHash: other, sessionHash: randomId() }), await there()];
    await rows().sessions.noteClient(one.uid, { clientId: 'client', userId: 'user' });
    assert.deepEqual(await context.storage.realm('sandbox').sessions.endByUpstream({ sessionHash }), []);
    assert.deepEqual(await rows().sessions.endByUpstream({ subjectHash: other, sessionHash }), []);
    assert.ok(await isAlive(one));

    assert.deepEqual(await rows().sessions.endByUpstream({ sessionHash }), [{ uid: one.uid, accountId: id }]);
    assert.deepEqual(await rows().sessions.endByUpstream({ sessionHash }), []);
    assert.deepEqual([await isAlive(one), await isAlive(two)], [false, true]);
    const jobs = await context.database.db
      .selectFrom('jobs')
      .select('client_id')
      .where('user_id', '=', 'user')
      .execute();
    assert.deepEqual(
      jobs.map((job) => job.client_id),
      ['client'],
    );

    // A sign-in by that login anew, in a session that is there already.
    await rows().sessions.seen(own.uid, id, { upstream: { subjectHash } });
    const ended = await rows().sessions.endByUpstream({ subjectHash });
    assert.deepEqual(ended.map(({ uid }) => uid).sort(), [two.uid, own.uid].sort());
    assert.ok(await isAlive(stranger));
    assert.throws(() => rows().sessions.endByUpstream({}), /nothing says/);
  });

  it('are listed latest first, so many, and counted', async () => {
    const { id: accountId } = await signUp(context.storage);
    const uids: string[] = [];
    for (let index = 0; index < 4; index += 1) {
      const { uid } = await signedIn(accountId);
      uids.unshift(uid);
      await context.database.db
        .updateTable('sessions')
        .set({ last_seen_at: Date.now() + index })
        .where('uid', '=', uid)
        .execute();
    }
    const listed = async (limit?: number) => {
      const { sessions, total } = await rows().sessions.list(accountId, limit);
      return [sessions.map(({ uid }) => uid), total];
    };
    assert.deepEqual(await listed(), [uids, 4]);
    assert.deepEqual(await listed(4), [uids, 4]);
    assert.deepEqual(await listed(3), [uids.slice(0, 3), 4]);
    assert.equal((await rows().sessions.find(accountId, uids[3] ?? ''))?.address, '192.0.2.7');
  });
});
