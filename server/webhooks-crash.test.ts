import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { until } from '../scripts/testing/until.ts';
import { openDataKeys } from './data-key/open-data-keys.ts';
import { createWebhook } from './domain/webhooks/endpoints.ts';
import { openDatabase } from './storage/database.ts';
import { createStorage, type Storage } from './storage/index.ts';
import { PlatformProcess } from './testing/platform-process.ts';
import { temporaryDirectory } from './testing/temporary-directory.ts';
import { SHOP_ORIGIN } from './testing/test-platform.ts';
import { isSignedBy, WebhookReceiver } from './testing/webhook-receiver.ts';

/** How often the server is killed. `CRASHES=50` tries it for as long as one likes. */
const CRASHES = Number(process.env['CRASHES'] ?? 3);
const USERS_EACH = 40;
const MAX_MS_BEFORE_CRASH = 700;
/** So that many are under way when it ends. */
const ANSWER_MS = 30;

describe('a crash of the server (kill -9) in the middle of deliveries', () => {
  const dataDir = temporaryDirectory();
  let server: PlatformProcess;
  let receiver: WebhookReceiver;
  before(async () => {
    receiver = await WebhookReceiver.start();
    receiver.answer = (response) => void setTimeout(() => response.writeHead(204).end(), ANSWER_MS);
    server = await PlatformProcess.start({ DATA_DIR: dataDir });
  });
  after(async () => {
    await server?.kill();
    await receiver.stop();
  });

  /** As another process does, and lets go of the database. */
  const withStorage = async <Result>(work: (storage: Storage) => Promise<Result>): Promise<Result> => {
    const database = openDatabase({ databaseUrl: undefined, dataDir });
    try {
      return await work(createStorage(database));
    } finally {
      await database.close();
    }
  };

  it('loses no event, and each is known by its identifier', async () => {
    const dataKeys = openDataKeys({ dataKeys: [], databaseUrl: undefined, dataDir });
    const { clientId, secret, id } = await withStorage(async (storage) => {
      const app = await storage.apps.create({ name: 'Shop', environment: 'localhost', origins: [SHOP_ORIGIN] });
      const endpoint = { url: receiver.url };
      const made = await createWebhook({ storage, dataKeys }, { clientId: app.clientId, realm: 'sandbox' }, endpoint);
      return { ...made, clientId: app.clientId };
    });
    const expected = new Set<string>();
    for (let crash = 1; crash <= CRASHES; crash += 1) {
      await withStorage(async (storage) => {
        const users = storage.realm('sandbox').appUsers(clientId);
        for (let count = 0; count < USERS_EACH; count += 1) {
          const user = await users.create({ email: `${crash}.${count}@example.com` });
          await users.update(user.id, { firstName: 'Ada' });
          expected.add(`${user.id} 1`).add(`${user.id} 2`);
        }
      });
      const before = receiver.received.length;
      await until(() => receiver.received.length > before);
      await delay(randomInt(MAX_MS_BEFORE_CRASH));
      await server.kill();
      server = await PlatformProcess.start({ DATA_DIR: dataDir });
    }
    const received = () => new Set(receiver.received.map(({ data }) => `${data.user_id} ${data.sequence}`));
    await until(() => received().size === expected.size);
    assert.deepEqual(received(), expected);
    assert.ok(receiver.received.every((one) => isSignedBy(one, secret)));
    const ids = new Map(receiver.received.map((one) => [`${one.data.user_id} ${one.data.sequence}`, one.id]));
    for (const { id: eventId, data } of receiver.received)
      assert.equal(ids.get(`${data.user_id} ${data.sequence}`), eventId, 'a repetition has the same identifier');
    await until(() => withStorage(async (storage) => (await storage.webhookDeliveries.queue()).waiting === 0));
    await withStorage(async (storage) => {
      const states = (await storage.webhookDeliveries.list(id, {}, { limit: 1_000 })).map(({ state }) => state);
      assert.deepEqual(new Set(states), new Set(['delivered']));
    });
  });
});
