import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { openShop, PASSWORD, type Resident, resident, signInAs } from '#portal/testing/resident.ts';
import { until } from '../../scripts/testing/until.ts';
import { onEachEngine } from '../storage/testing/engines.ts';
import { CodeClient } from '../testing/code-client.ts';
import { hangs, LogoutReceiver, status } from '../testing/logout-receiver.ts';
import { PlatformProcess } from '../testing/platform-process.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform, temporaryDirectory } from '../testing/test-platform.ts';
import { deliverLogouts, type LogoutSettings } from './logouts.ts';

const CALLBACK = `${SHOP_ORIGIN}/callback`;
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

describe('the back channel', () => {
  let platform: TestPlatform;
  let receiver: LogoutReceiver;
  let app: Awaited<ReturnType<TestPlatform['createApp']>>;
  let quiet: Awaited<ReturnType<TestPlatform['createApp']>>;
  let shop: CodeClient;
  let ada: Resident;
  before(async () => {
    platform = await startTestPlatform();
    receiver = await LogoutReceiver.start();
    const uris = { redirectUris: [CALLBACK], postLogoutRedirectUris: [`${SHOP_ORIGIN}/out`] };
    app = await platform.createApp({ environment: 'production', backchannelLogoutUri: receiver.url, ...uris });
    quiet = await platform.createApp({ environment: 'production', name: 'Quiet', ...uris });
    shop = new CodeClient(app, CALLBACK);
  });
  after(async () => {
    await platform.close();
    await receiver.stop();
  });
  beforeEach(async () => {
    receiver.received.length = 0;
    receiver.answers = [status(200)];
    ada = await resident(platform);
  });

  const events = async (userId: string) => {
    await platform.flush();
    const rows = await platform.database.db
      .selectFrom('app_events')
      .select(['kind', 'detail'])
      .where('client_id', '=', app.clientId)
      .where('user_id', '=', userId)
      .where('kind', 'like', 'logout.%')
      .orderBy('id')
      .execute();
    return rows.map(({ kind, detail }) => ({ kind, ...JSON.parse(detail ?? '{}') }));
  };
  const told = async (count = 1) => {
    await until(() => receiver.received.length >= count);
    return receiver.received;
  };

  it('oidcc-backchannel-rp-initiated-logout', async () => {
    const tokens = await shop.signIn(ada.browser);
    assert.ok(tokens.sid);
    const query = new URLSearchParams({
      id_token_hint: tokens.idToken,
      post_logout_redirect_uri: `${SHOP_ORIGIN}/out`,
      state: 's',
    });
    const page = await ada.browser.follow(`/logout?${query}`, SHOP_ORIGIN);
    assert.equal(page.url.href, `${SHOP_ORIGIN}/out?state=s`);
    const [logout] = await told();
    assert.ok(logout);
    const { payload, protectedHeader } = await jwtVerify(
      logout.token,
      createRemoteJWKSet(new URL(`${platform.url}/jwks`)),
      { issuer: platform.url, audience: app.clientId, typ: 'logout+jwt' },
    );
    assert.equal(protectedHeader.alg, 'RS256', 'as the app’s ID tokens');
    assert.deepEqual(Object.keys(payload).sort(), ['aud', 'events', 'exp', 'iat', 'iss', 'jti', 'sid', 'sub']);
    assert.deepEqual(payload['events'], { [EVENT]: {} });
    assert.deepEqual([payload.sub, payload['sid']], [tokens.sub, tokens.sid]);
    assert.equal((payload.exp ?? 0) - (payload.iat ?? 0), 120);
    assert.match(logout.headers['content-type'] ?? '', /^application\/x-www-form-urlencoded/);
    assert.equal((await shop.silently(ada.browser)).get('error'), 'login_required');
    await until(async () => (await events(tokens.sub)).length === 1);
    assert.deepEqual(await events(tokens.sub), [{ kind: 'logout.delivered', endpoint_status: 200, attempt: 1 }]);
    assert.deepEqual(await platform.database.db.selectFrom('jobs').selectAll().execute(), []);
  });

  const endings: [title: string, end: (person: Resident) => Promise<unknown>][] = [
    ['signing out at the portal', async ({ browser }) => browser.submit(await browser.get('/account'), '/sign-out')],
    [
      '“sign out everywhere”, from another device',
      async ({ email }) => {
        const other = await signInAs(platform, email);
        await other.submit(await other.get('/account/sessions'), '/end-others');
      },
    ],
    [
      'ending the device in the list',
      async ({ email, account }) => {
        const other = await signInAs(platform, email);
        const { sessions } = await platform.storage.realm('production').sessions.list(account.id);
        const theirs = sessions.at(-1)?.uid;
        const page = await other.get('/account/sessions');
        const [, action = ''] = /action="([^"]*sessions\/[^"]*\/end)"/.exec(page.html) ?? [];
        assert.ok(theirs && action.includes(theirs));
        await other.submit(page, action);
      },
    ],
    [
      'a new password that ends the other sessions',
      async ({ email }) => {
        const other = await signInAs(platform, email);
        const page = await other.get('/account/security/password');
        const values = { password: 'a difference of engines', current_password: PASSWORD, end_others: 'yes' };
        const { action } = page.form('/password');
        await other.submit(page, action, values);
      },
    ],
    [
      '“use another account” in the popup',
      async ({ browser }) => {
        const page = await openShop(browser, app, 'name');
        await browser.submit(page, '/switch-account');
      },
    ],
    [
      'asking for the account’s deletion',
      async ({ browser }) => {
        const page = await browser.get('/account/data/deletion/confirm');
        assert.match((await browser.submit(page, '/data/deletion', { understood: 'yes' })).url.pathname, /deletion/);
      },
    ],
  ];
  for (const [title, end] of endings) {
    it(`tells the vendor’s backend after ${title}`, async () => {
      const tokens = await shop.signIn(ada.browser);
      await end(ada);
      const [logout] = await told();
      assert.deepEqual([logout?.claims.sub, logout?.claims.sid], [tokens.sub, tokens.sid]);
    });
  }

  it('tells nobody who has not received tokens in the session, nor a second time', async () => {
    const tokens = await shop.signIn(ada.browser);
    const eve = await resident(platform);
    await eve.browser.submit(await eve.browser.get('/account'), '/sign-out');
    await ada.browser.submit(await ada.browser.get('/account'), '/sign-out');
    await until(async () => (await events(tokens.sub)).length === 1);
    assert.equal(receiver.received.length, 1);
  });

  it('names the session in what the element gets only for an app that is told', async () => {
    const credential = async (shown: typeof app) => {
      let page = await openShop(ada.browser, shown, 'name');
      if (page.html.includes('/consent"')) page = await ada.browser.submit(page, '/consent');
      return page.claims;
    };
    assert.equal((await credential(quiet))['sid'], undefined);
    const { sid, sub } = await credential(app);
    assert.match(String(sid), /^[\w-]{43}$/);
    assert.equal(sid, (await shop.signIn(ada.browser)).sid, 'the same for each token of the session');
    assert.ok((await new CodeClient(quiet, CALLBACK).signIn(ada.browser)).sid, 'a redeemed code always has it');
    await ada.browser.submit(await ada.browser.get('/account'), '/sign-out');
    const [logout] = await told();
    assert.deepEqual([logout?.claims.sub, logout?.claims.sid], [sub, sid]);
  });

  it('sends nothing for an app that was disabled or has no address any more', async () => {
    const tokens = await shop.signIn(ada.browser);
    await platform.storage.appEnvironments.setBackchannelLogoutUri(app.clientId, undefined);
    await ada.browser.submit(await ada.browser.get('/account'), '/sign-out');
    await until(async () => (await platform.database.db.selectFrom('jobs').select('id').execute()).length === 0);
    await platform.storage.appEnvironments.setBackchannelLogoutUri(app.clientId, receiver.url);
    assert.deepEqual(receiver.received, []);
    assert.deepEqual(await events(tokens.sub), []);
  });
});

onEachEngine('the delivery of logouts', (context) => {
  const PUBLIC_URL = 'http://localhost:4000';
  let receivers: LogoutReceiver[];
  let workers: ReturnType<typeof deliverLogouts>[];
  let events: { kind: string; detail: object }[];
  beforeEach(() => {
    receivers = [];
    workers = [];
    events = [];
  });
  afterEach(async () => {
    for (const worker of workers) await worker.close();
    for (const receiver of receivers) await receiver.stop();
    await context.database.db.deleteFrom('jobs').execute();
  });

  async function shop() {
    const receiver = await LogoutReceiver.start();
    receivers.push(receiver);
    const { clientId } = await context.storage.apps.create({
      name: 'Shop',
      environment: 'localhost',
      origins: [SHOP_ORIGIN],
      backchannelLogoutUri: receiver.url,
    });
    const queue = (count: number) =>
      context.storage.jobs.add(
        Array.from({ length: count }, (_, index) => ({
          kind: 'backchannel_logout' as const,
          realm: 'sandbox' as const,
          clientId,
          userId: `user-${index}`,
          payload: { session: `session-${index}` },
        })),
      );
    return { receiver, clientId, queue };
  }

  /** A worker as one process has it. */
  function start(more: Partial<LogoutSettings> = {}, { storage } = context as { storage: typeof context.storage }) {
    const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const sign: LogoutSettings['sign']['sandbox'] = async ({ userId, session }) =>
      `${base64({ alg: 'ES256' })}.${base64({ sub: userId, sid: session })}.x`;
    const worker = deliverLogouts({
      jobs: storage.jobs,
      appEnvironments: storage.appEnvironments,
      events: { record: (_clientId, { kind, detail }) => void events.push({ kind, detail }) },
      log: { warn: () => {} },
      publicUrl: PUBLIC_URL,
      sign: { production: sign, sandbox: sign },
      backoff: { firstDelayMs: 20, maxAttempts: 6 },
      ...more,
    });
    workers.push(worker);
    worker.wake();
    return worker;
  }
  const left = async () => context.database.db.selectFrom('jobs').selectAll().execute();

  it('tries again until the receiver accepts: 500, 500, 500, 200', async () => {
    const { receiver, queue } = await shop();
    receiver.answers = [status(500), status(500), status(500), status(200)];
    await queue(1);
    start();
    await until(async () => (await left()).length === 0);
    assert.equal(receiver.received.length, 4);
    assert.equal(new Set(receiver.received.map(({ headers }) => headers['idempotency-key'])).size, 1);
    assert.deepEqual(
      events.map(({ kind, detail }) => [kind, 'attempt' in detail && detail.attempt]),
      [
        ['logout.failed', 1],
        ['logout.failed', 2],
        ['logout.failed', 3],
        ['logout.delivered', 4],
      ],
    );
  });

  it('gives up after so many, says so, and keeps it', async () => {
    const { receiver, queue } = await shop();
    receiver.answers = [status(400)];
    await queue(1);
    start({ backoff: { firstDelayMs: 1, maxAttempts: 3 } });
    await until(async () => (await left())[0]?.due_at === null);
    await until(() => events.length === 3);
    assert.equal(receiver.received.length, 3);
    assert.deepEqual(events.at(-1)?.detail, { reason: 'status 400', attempt: 3, given_up: true });
    assert.equal((await left())[0]?.failure, 'status 400');
  });

  it('follows no redirect', async () => {
    const [{ receiver, queue }, elsewhere] = [await shop(), await shop()];
    receiver.answers = [(response) => void response.writeHead(307, { location: elsewhere.receiver.url }).end()];
    await queue(1);
    start({ backoff: { firstDelayMs: 1, maxAttempts: 1 } });
    await until(() => events.length === 1);
    assert.deepEqual(events[0]?.detail, { reason: 'status 307', attempt: 1, given_up: true });
    assert.deepEqual(elsewhere.receiver.received, []);
  });

  it('delays nobody because of a receiver that hangs, nor because of a long queue at one that is dead', async () => {
    const [dead, alive] = [await shop(), await shop()];
    dead.receiver.answers = [hangs()];
    await dead.queue(300);
    await alive.queue(20);
    start();
    await until(() => alive.receiver.received.length === 20);
    assert.ok(dead.receiver.received.length <= 2, 'one call at a time, and each takes its whole time');
    assert.equal(dead.receiver.mostAtOnce, 1);
  });

  it('delays nobody for more than a call because of many receivers that are slow and accept: apps cost nothing', async () => {
    const slow = await Promise.all(Array.from({ length: 33 }, () => shop()));
    const honest = await shop();
    for (const { receiver, queue } of slow) {
      receiver.answers = [(response) => void setTimeout(() => status(200)(response), 1_100)];
      await queue(3);
    }
    await honest.queue(1);
    start();
    await until(() => honest.receiver.received.length === 1);
    const atMs = honest.receiver.received[0]?.atMs ?? 0;
    const before = slow.flatMap(({ receiver }) => receiver.received).filter((logout) => logout.atMs < atMs);
    assert.ok(before.length < 64, `behind ${before.length} calls, and not behind all 99`);
    await until(async () => (await left()).length === 0);
  });

  it('never has two processes deliver the same at once, and delivers all', async () => {
    const { receiver, queue } = await shop();
    receiver.answers = [(response) => void setTimeout(() => status(200)(response), 5)];
    await queue(40);
    start();
    start({}, context.elsewhere);
    await until(async () => (await left()).length === 0);
    assert.deepEqual(
      receiver.received.map(({ claims }) => claims.sub).toSorted(),
      Array.from({ length: 40 }, (_, index) => `user-${index}`).toSorted(),
    );
  });

  it('keeps a lease for as long as a call takes, however long the lease is', async () => {
    const { receiver, queue } = await shop();
    receiver.answers = [(response) => void setTimeout(() => status(200)(response), 2_500)];
    await queue(1);
    // Long enough for a busy machine to renew it in time.
    start({ leaseMs: 1_000 });
    start({ leaseMs: 1_000 }, context.elsewhere);
    await until(async () => (await left()).length === 0);
    assert.equal(receiver.received.length, 1);
  });
});

it('a worker that is killed in the middle leaves its job to another, after its lease', async () => {
  const receiver = await LogoutReceiver.start();
  const dataDir = temporaryDirectory();
  const dying = await PlatformProcess.start({ DATA_DIR: dataDir });
  let other: PlatformProcess | undefined;
  try {
    receiver.answers = [hangs(), status(200)];
    const platform = await startTestPlatform({ DATA_DIR: dataDir, PUBLIC_URL: dying.url });
    const { clientId } = await platform.createApp({ environment: 'production', backchannelLogoutUri: receiver.url });
    const payload = { session: 'session' };
    await platform.storage.jobs.add([
      { kind: 'backchannel_logout', realm: 'production', clientId, userId: 'u', payload, delayMs: 1_000 },
    ]);
    // Only the process that is to die is left.
    await platform.close();
    await until(() => receiver.received.length === 1);
    await dying.kill();
    other = await PlatformProcess.start({ DATA_DIR: dataDir });
    await until(() => receiver.received.length === 2);
    const [first, second] = receiver.received;
    assert.equal(second?.claims.sub, 'u');
    assert.equal(first?.headers['idempotency-key'], second?.headers['idempotency-key']);
    assert.notEqual(first?.claims.jti, second?.claims.jti, 'each attempt has a token of its own');
  } finally {
    await dying.kill();
    await other?.kill();
    await receiver.stop();
  }
});
