import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { until } from '../../scripts/testing/until.ts';
import { migrate } from '../storage/database.ts';
import { randomId } from '../storage/ids.ts';
import { createStorage, type Storage } from '../storage/index.ts';
import { createTestDatabase, type TestDatabase } from '../storage/testing/engines.ts';
import { registerShop } from '../storage/testing/fixtures.ts';
import { status, WebhookReceiver } from '../testing/webhook-receiver.ts';
import { saturatedBy } from './webhook-shares.ts';
import { deliverWebhooks } from './webhooks.ts';

/** Of a hundred endpoints, ten are dead. `WEBHOOK_ROUNDS=60` measures for a minute. */
const ENDPOINTS = 100;
const DEAD = 10;
const ROUNDS = Number(process.env['WEBHOOK_ROUNDS'] ?? 4);
const ROUND_MS = 1_000;
/** A bound of a test, which a busy machine may come near to; what is measured is printed. */
const MAX_MS = 10_000;

describe('endpoints that hang', () => {
  let home: TestDatabase;
  let storage: Storage;
  let receiver: WebhookReceiver;
  before(async () => {
    home = await createTestDatabase('SQLite');
    const database = home.open();
    await migrate(database.db);
    storage = createStorage(database);
    receiver = await WebhookReceiver.start();
  });
  after(async () => {
    await receiver.stop();
    await home.remove();
  });

  it('do not delay the others', async (context) => {
    const shops = [];
    for (let number = 0; number < ENDPOINTS; number += 1) {
      const { clientId } = await registerShop(storage);
      const id = randomId();
      const url = `${receiver.url}/${number < DEAD ? 'dead' : 'alive'}`;
      await storage.webhooks.create({ id, realm: 'production', clientId, url, secret: 'sealed' });
      shops.push(clientId);
    }
    receiver.answer = (response, received) => {
      if (received.path === '/alive') status(204)(response, received);
    };
    const worker = deliverWebhooks({
      storage,
      events: { record: () => {} },
      log: { warn: () => {} },
      publicUrl: 'http://localhost:4000',
      keysOf: async () => [Buffer.alloc(32)],
      addressesFor: () => 'with loopback',
      tellOwners: async () => {},
    });
    try {
      const written = new Map<string, number>();
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const [number, clientId] of shops.entries()) {
          const { id } = await storage
            .realm('production')
            .appUsers(clientId)
            .create({ email: `${round}@example.com` });
          if (number >= DEAD) written.set(id, Date.now());
        }
        await delay(ROUND_MS);
      }
      const arrived = () => receiver.received.filter(({ path }) => path === '/alive');
      await until(() => arrived().length === written.size);
      const tookMs = arrived()
        .map(({ data, atMs }) => atMs - (written.get(String(data.user_id)) ?? 0))
        .sort((one, other) => one - other);
      const p99 = tookMs[Math.ceil(tookMs.length * 0.99) - 1] ?? 0;
      context.diagnostic(`${tookMs.length} events, p50 ${tookMs[tookMs.length >> 1]} ms, p99 ${p99} ms`);
      assert.ok(p99 < MAX_MS, `p99 is ${p99} ms`);
    } finally {
      await worker.close();
    }
  });
});

describe('the places of a process', () => {
  const delivery = (webhookId: string, more = {}) => ({
    ...{ webhookId, isFailing: false, realm: 'production' as const },
    ...more,
  });

  it('are four for an endpoint that answers, and one for one that fails', () => {
    assert.deepEqual(saturatedBy([], 8), { webhooks: [], failing: false, sandbox: false });
    const busy = [...Array(4).fill(delivery('a')), delivery('b'), delivery('c', { isFailing: true })];
    assert.deepEqual(saturatedBy(busy, 64), { webhooks: ['a', 'c'], failing: false, sandbox: false });
  });

  it('are half of all for those that fail, and for the sandbox', () => {
    const failing = ['a', 'b', 'c', 'd'].map((id) => delivery(id, { isFailing: true }));
    assert.equal(saturatedBy(failing, 8).failing, true);
    assert.equal(saturatedBy(failing, 9).failing, false);
    const sandbox = ['a', 'b', 'c', 'd'].map((id) => delivery(id, { realm: 'sandbox' }));
    assert.deepEqual([saturatedBy(sandbox, 8).sandbox, saturatedBy(sandbox, 9).sandbox], [true, false]);
  });
});
