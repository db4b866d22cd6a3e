import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { until } from '../../scripts/testing/until.ts';
import type { RecordedEvent } from '../storage/app-events.ts';
import { openDatabase } from '../storage/database.ts';
import { createStorage } from '../storage/index.ts';
import { createTestDatabase } from '../storage/testing/engines.ts';
import { ApiCaller } from '../testing/api-caller.ts';
import { PlatformProcess } from '../testing/platform-process.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { startTestPlatform } from '../testing/test-platform.ts';
import { EventFeed } from './event-feed.ts';

describe('the event log of several processes', () => {
  it('is one log: each process reports the events of the other', async () => {
    const database = await createTestDatabase('PostgreSQL');
    const env = { DATABASE_URL: database.settings.databaseUrl ?? '' };
    const [one, other] = [await startTestPlatform(env), await startTestPlatform(env)];
    const feed = new EventFeed({ appEvents: other.storage.appEvents, log: { warn: () => {} }, pollIntervalMs: 50 });
    try {
      const app = await one.createApp();
      const heard: RecordedEvent[] = [];
      await feed.listen(app.clientId, { tick: (events) => void heard.push(...events), end: () => {} });
      const asked = [
        await new ApiCaller(one, app.apiKey).get('/users'),
        await new ApiCaller(other, app.apiKey).get('/users'),
      ];
      const expected = asked.map(({ headers }) => headers.get('x-request-id')).sort();
      await until(() => heard.length >= 2);
      assert.deepEqual(heard.map(({ requestId }) => requestId).sort(), expected);
      const { events } = await one.storage.appEvents.list(app.clientId, { limit: 10 });
      assert.deepEqual(events.map(({ requestId }) => requestId).sort(), expected);
    } finally {
      feed.close();
      await Promise.all([one.close(), other.close()]);
      await database.remove();
    }
  });

  it('loses only the events that waited when a process is killed', async () => {
    const dataDir = temporaryDirectory();
    const server = await PlatformProcess.start({ DATA_DIR: dataDir });
    const database = openDatabase({ databaseUrl: undefined, dataDir });
    try {
      const { apps, appEvents } = createStorage(database);
      const app = await apps.create({ name: 'Shop', environment: 'localhost', origins: [] });
      const caller = new ApiCaller(server, app.apiKey);
      const written = await caller.get('/users');
      const known = async () => {
        const { events } = await appEvents.list(app.clientId, { limit: 10 });
        return events.map(({ requestId }) => requestId);
      };
      const id = written.headers.get('x-request-id') ?? '';
      await until(async () => (await known()).includes(id));
      const waiting = await caller.get('/users');
      await server.kill();
      const left = await known();
      assert.ok(left.includes(id));
      assert.ok(left.every((one) => [id, waiting.headers.get('x-request-id')].includes(one ?? '')));
    } finally {
      await server.kill();
      await database.close();
    }
  });
});
