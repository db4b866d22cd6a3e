import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { WebhookEventType } from '@signup-with-platform/protocol';
import { until } from '../../scripts/testing/until.ts';
import { openDataKeys } from '../data-key/open-data-keys.ts';
import { createWebhook, rotateWebhookSecret } from '../domain/webhooks/endpoints.ts';
import { signingKeysOf } from '../domain/webhooks/secret.ts';
import { sendTestEvent } from '../domain/webhooks/test-event.ts';
import type { RecordedEvent } from '../storage/app-events.ts';
import { randomId } from '../storage/ids.ts';
import { onEachEngine } from '../storage/testing/engines.ts';
import { registerShop, signUp } from '../storage/testing/fixtures.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';
import { isSignedBy, status, WebhookReceiver } from '../testing/webhook-receiver.ts';
import { deliverWebhooks, type WebhookSettings, type WebhookTrouble } from './webhooks.ts';

const PUBLIC_URL = 'http://localhost:4000';
const DAY_MS = 24 * 60 * 60 * 1000;
const dataKeys = openDataKeys({ dataKeys: [], databaseUrl: undefined, dataDir: temporaryDirectory() });

onEachEngine('webhook deliveries', (context) => {
  let receiver: WebhookReceiver;
  let workers: ReturnType<typeof deliverWebhooks>[] = [];
  let mails: WebhookTrouble[] = [];
  const noted: Pick<RecordedEvent, 'kind' | 'detail'>[] = [];
  const warnings: unknown[] = [];
  before(async () => {
    receiver = await WebhookReceiver.start();
  });
  after(() => receiver.stop());
  beforeEach(() => {
    receiver.received.length = 0;
    receiver.answer = status(204);
    mails = [];
    noted.length = 0;
  });
  afterEach(async () => {
    for (const worker of workers) await worker.close();
    workers = [];
    await context.database.db.deleteFrom('webhooks').execute();
  });

  const start = (settings: Partial<WebhookSettings> = {}, storage = context.storage) => {
    const worker = deliverWebhooks({
      storage,
      events: {
        record: (_, event) => noted.push({ kind: event.kind, detail: event.detail as Record<string, unknown> }),
      },
      log: { warn: (...words: unknown[]) => warnings.push(words) },
      publicUrl: PUBLIC_URL,
      keysOf: (id) => signingKeysOf({ webhooks: storage.webhooks, dataKeys }, id),
      addressesFor: () => 'with loopback',
      tellOwners: async (_, __, trouble) => {
        mails.push(trouble);
      },
      backoff: { firstDelayMs: 50, maxDelayMs: 100, maxAttempts: Number.POSITIVE_INFINITY },
      ...settings,
    });
    workers.push(worker);
    const timer = setInterval(() => worker.wake(), 20).unref();
    const close = worker.close.bind(worker);
    worker.close = () => {
      clearInterval(timer);
      return close();
    };
    return worker;
  };
  const shop = async (url = receiver.url, events?: WebhookEventType[]) => {
    const { clientId, appId } = await registerShop(context.storage, 'production');
    const made = await createWebhook(
      { storage: context.storage, dataKeys },
      { clientId, realm: 'production' },
      { url, events },
    );
    return { ...made, clientId, appId };
  };
  const person = async (clientId: string) => {
    const rows = context.storage.realm('production');
    const { id: accountId } = await signUp(context.storage, { givenName: 'Ada' });
    const { id: userId } = await rows.users.ensure(clientId, accountId);
    const payload = { openid: { claims: ['given_name'] } };
    await rows.grants.create({ id: randomId(), clientId, accountId, payload });
    return { accountId, userId, rename: (givenName: string) => rows.accounts.updateProfile(accountId, { givenName }) };
  };
  const deliveries = (id: string) => context.storage.webhookDeliveries.list(id, {}, { limit: 100 });
  const states = async (id: string) => (await deliveries(id)).map(({ state }) => state);

  it('are signed as Standard Webhooks says, and say no value', async () => {
    const { id, secret, clientId } = await shop(`${receiver.url}/hooks?a=b`);
    assert.match(secret, /^whsec_[A-Za-z\d+/]{43}=$/);
    const { userId } = await person(clientId);
    start();
    await until(() => receiver.received.length === 1);
    const [received] = receiver.received;
    assert.ok(received && isSignedBy(received, secret));
    assert.ok(!isSignedBy({ ...received, body: received.body.replace('1', '2') }, secret));
    assert.equal(received.path, '/hooks?a=b');
    assert.ok(Math.abs(Number(received.headers['webhook-timestamp']) * 1000 - Date.now()) < 60_000);
    assert.equal(received.headers['content-type'], 'application/json');
    assert.deepEqual(received.data, {
      version: 1,
      client_id: clientId,
      environment: 'production',
      user_id: userId,
      sequence: 1,
    });
    assert.ok(!received.body.includes('Ada'));
    await until(async () => (await states(id))[0] === 'delivered');
    const [delivery] = await deliveries(id);
    assert.equal(delivery?.tries[0]?.status, 204);
    assert.equal(delivery.eventId, received.id);
  });

  it('are signed by both secrets while one replaces the other', async () => {
    const { id, secret, clientId } = await shop(receiver.url, ['user.created']);
    const next = await rotateWebhookSecret({ storage: context.storage, dataKeys }, id, 60_000);
    assert.ok(next && next !== secret);
    await person(clientId);
    start();
    await until(() => receiver.received.length === 1);
    const [received] = receiver.received;
    assert.ok(received && isSignedBy(received, secret) && isSignedBy(received, next));
    const last = await rotateWebhookSecret({ storage: context.storage, dataKeys }, id, 0);
    await person(clientId);
    await until(() => receiver.received.length === 2);
    const [, second] = receiver.received;
    assert.ok(second && last && isSignedBy(second, last) && !isSignedBy(second, next) && !isSignedBy(second, secret));
    assert.equal(await rotateWebhookSecret({ storage: context.storage, dataKeys }, 'none', 0), undefined);
  });

  const failures: [what: string, answer: WebhookReceiver['answer'], reason: RegExp][] = [
    ['fails', status(500, 'no\u0000t <b>now</b> ada@example.com'), /^status 500$/],
    [
      'redirects',
      (response) => void response.writeHead(307, { location: 'http://169.254.169.254/' }).end(),
      /^status 307$/,
    ],
    ['resets the connection', (response) => response.socket?.resetAndDestroy(), /^(broken|unreachable)$/],
    [
      'answers in a coding',
      (response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
      /^coding$/,
    ],
    [
      'breaks off',
      (response) => {
        response.writeHead(200, { 'content-length': '100' }).write('x');
        setTimeout(() => response.destroy(), 20);
      },
      /^broken$/,
    ],
  ];
  for (const [what, answer, reason] of failures)
    it(`are repeated to an endpoint that ${what}, under the same identifier`, async () => {
      receiver.answer = answer;
      const { id, clientId } = await shop();
      await person(clientId);
      start();
      await until(() => noted.some(({ detail }) => detail['webhook'] === id));
      receiver.answer = status(200);
      await until(async () => (await states(id))[0] === 'delivered');
      const [delivery] = await deliveries(id);
      const [first] = delivery?.tries ?? [];
      assert.match(first?.failure ?? `status ${first?.status}`, reason);
      assert.equal(new Set(receiver.received.map((one) => one.id)).size, 1);
      assert.ok(noted.every(({ kind }) => kind === 'webhook.failed'));
      assert.ok(!JSON.stringify(delivery).includes('ada@example.com'));
    });

  it('are repeated to an endpoint that speaks something else', async () => {
    const garbage = createServer((socket) => socket.on('error', () => {}).end('SSH-2.0-OpenSSH_9.6\r\n')).listen(
      0,
      '127.0.0.1',
    );
    await once(garbage, 'listening');
    const { id, clientId } = await shop(`http://127.0.0.1:${(garbage.address() as AddressInfo).port}`);
    await person(clientId);
    start();
    await until(async () => ((await deliveries(id))[0]?.tries.length ?? 0) > 0);
    assert.equal((await states(id))[0], 'waiting');
    garbage.close();
  });

  it('of a user come in order, also when one fails, and a replay says that it is one', async () => {
    receiver.answer = (response, { data }) =>
      void response.writeHead(data.sequence === 1 && receiver.received.length < 4 ? 500 : 200).end();
    const { id, clientId } = await shop();
    const { rename, userId } = await person(clientId);
    for (const name of ['Grace', 'Joan', 'Edith']) await rename(name);
    start();
    start({}, context.engine === 'PostgreSQL' ? context.elsewhere.storage : context.storage);
    await until(async () => (await states(id)).every((state) => state === 'delivered'));
    const order = receiver.received.map(({ data }) => data.sequence);
    assert.deepEqual(order, [1, 1, 1, 1, 2, 3, 4]);
    const [, changed] = (await deliveries(id)).toReversed();
    assert.equal(await context.storage.webhookDeliveries.replay(id, { eventId: changed?.eventId }, new Date()), 1);
    await until(() => receiver.received.length === 8);
    const replayed = receiver.received.at(-1);
    assert.deepEqual([replayed?.id, replayed?.data['is_replay']], [changed?.eventId, true]);
    assert.equal(replayed?.data.user_id, userId);
    assert.ok(receiver.received.slice(0, 7).every(({ data }) => !('is_replay' in data)));
  });

  it('end at an endpoint that is gone, and its owners are told', async () => {
    receiver.answer = status(410);
    const { id, clientId } = await shop();
    const { rename } = await person(clientId);
    await rename('Grace');
    start();
    await until(() => mails.length > 0);
    assert.deepEqual(mails, ['webhook_gone']);
    await until(async () => (await states(id)).every((state) => state === 'given_up'));
    assert.equal((await context.storage.webhooks.find(id))?.disabledBecause, 'gone');
    await rename('Joan');
    assert.equal((await deliveries(id)).length, 2, 'nothing more is written for it');
    assert.equal(receiver.received.length, 1);
  });

  it('are given up after three days', async () => {
    receiver.answer = status(503);
    const { id, clientId } = await shop();
    await person(clientId);
    await context.database.db.updateTable('webhook_deliveries').set({ give_up_at: Date.now() }).execute();
    start();
    await until(async () => (await states(id))[0] === 'given_up');
    assert.equal(noted[0]?.detail['given_up'], true);
    assert.equal((await context.storage.webhooks.find(id))?.disabledAt, undefined);
  });

  it('are stopped after five days of failure, of which the owners are told before, once by any number of processes', async () => {
    receiver.answer = status(503);
    const { id, clientId } = await shop();
    const age = (failingMs: number, warnedMs?: number) =>
      context.database.db
        .updateTable('webhooks')
        .set({
          failing_since: Date.now() - failingMs,
          warned_at: warnedMs === undefined ? null : Date.now() - warnedMs,
          ...{ failures: 1, paused_until: null },
        })
        .execute();
    const failOnce = async () => {
      const count = receiver.received.length;
      await context.database.db.deleteFrom('webhook_deliveries').execute();
      await person(clientId);
      await until(() => receiver.received.length > count);
      await until(async () => ((await deliveries(id))[0]?.tries.length ?? 1) > 0);
      // What follows from a failure is written after it.
      await until(async () => ((await context.storage.webhooks.find(id))?.failures ?? 0) > 1 || mails.length > 2);
    };
    start();
    await age(DAY_MS / 2);
    await failOnce();
    assert.deepEqual(mails, []);
    await age(DAY_MS + 1);
    await failOnce();
    await until(() => mails.length === 1);
    await age(4.5 * DAY_MS, 3.4 * DAY_MS);
    await failOnce();
    await until(() => mails.length === 2);
    assert.deepEqual(mails, ['webhook_failing', 'webhook_failing']);
    await age(5.5 * DAY_MS, 1.1 * DAY_MS);
    await failOnce();
    await until(async () => (await context.storage.webhooks.find(id))?.disabledBecause === 'failing');
    assert.deepEqual(mails, ['webhook_failing', 'webhook_failing', 'webhook_disabled']);
  });

  it('go to no address within the platform’s own network', async () => {
    const addresses = [
      'https://169.254.169.254/',
      'https://10.0.0.1/',
      'https://[::1]/',
      receiver.url,
      'https://metadata.google.internal/',
    ];
    const ids = [];
    for (const url of addresses) {
      const { id, clientId } = await shop(url);
      await person(clientId);
      ids.push(id);
    }
    start({ addressesFor: () => 'public' });
    for (const id of ids) await until(async () => ((await deliveries(id))[0]?.tries.length ?? 0) > 0);
    assert.equal(receiver.received.length, 0);
  });

  it('without the key that opens a secret wait, and say so', async () => {
    const { id, clientId } = await shop();
    await person(clientId);
    const other = openDataKeys({ dataKeys: [], databaseUrl: undefined, dataDir: temporaryDirectory() });
    start({ keysOf: (webhook) => signingKeysOf({ webhooks: context.storage.webhooks, dataKeys: other }, webhook) });
    await until(async () => ((await deliveries(id))[0]?.tries.length ?? 0) > 0);
    assert.equal((await deliveries(id))[0]?.tries[0]?.failure, 'could not be signed');
    assert.equal(receiver.received.length, 0);
  });

  it('that are a test say so', async () => {
    const { id } = await shop(receiver.url, ['user.deleted']);
    const sent = await sendTestEvent(context.storage.webhooks, id, 'user.updated');
    start();
    await until(() => receiver.received.length === 1);
    const [received] = receiver.received;
    assert.deepEqual([received?.id, received?.type, received?.data['is_test']], [sent?.eventId, 'user.updated', true]);
  });

  it('never have a secret in the log, in a list or in the database', async () => {
    const { id, secret, clientId } = await shop();
    receiver.answer = status(500, secret);
    await person(clientId);
    start();
    await until(() => noted.length > 0);
    const key = secret.replace('whsec_', '');
    const list = await context.storage.webhooks.list(clientId);
    const rows = await context.database.db.selectFrom('webhooks').selectAll().where('id', '=', id).execute();
    for (const text of [warnings, list, rows, noted].map((part) => JSON.stringify(part)))
      assert.ok(!text.includes(key));
  });
});

describe('a platform', () => {
  let platform: TestPlatform;
  let receiver: WebhookReceiver;
  before(async () => {
    platform = await startTestPlatform();
    receiver = await WebhookReceiver.start();
  });
  after(async () => {
    await platform.close();
    await receiver.stop();
  });

  it('delivers to an endpoint on the developer’s own machine, for localhost alone', async () => {
    const keys = openDataKeys({ dataKeys: [], databaseUrl: undefined, dataDir: platform.dataDir });
    const context = { storage: platform.storage, dataKeys: keys };
    for (const environment of ['localhost', 'development:sandbox'] as const) {
      const { clientId } = await platform.createApp({ environment });
      const { id } = await createWebhook(
        context,
        { clientId, realm: 'sandbox' },
        { url: `${receiver.url}/${environment}` },
      );
      await sendTestEvent(platform.storage.webhooks, id, 'user.created');
      await until(async () => {
        const [one] = await platform.storage.webhookDeliveries.list(id, {}, { limit: 1 });
        return (one?.tries.length ?? 0) > 0;
      });
    }
    assert.deepEqual(
      receiver.received.map(({ path }) => path),
      ['/localhost'],
    );
    const metrics = await (await fetch(`${platform.url}/metrics`)).text();
    assert.match(metrics, /outbox_waiting\{kind="webhook"\} 1/);
    assert.match(metrics, /kind="webhook",.*\} 1/);
  });
});
