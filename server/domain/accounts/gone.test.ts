import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { until } from '../../../scripts/testing/until.ts';
import { ApiCaller } from '../../testing/api-caller.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';
import { hashQueue } from './hash-queue.ts';

describe('a password whose sender has gone', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  it('is not hashed when its turn comes, and those of others are', async () => {
    const { apiKey } = await platform.createApp();
    const caller = new ApiCaller(platform, apiKey);
    const connections = () =>
      new Promise<number>((resolve) => platform.app.server.getConnections((_error, count) => resolve(count)));
    let held = 0;
    while (hashQueue.enterAtOnce()) held += 1;
    const before = await connections();
    const body = JSON.stringify({ email: 'gone@example.com', password: 'an engine of difference' });
    const headers = { 'x-api-key': apiKey, 'content-type': 'application/json' };
    const gone = request(`${platform.url}/1/users`, { method: 'POST', agent: false, headers });
    gone.on('error', () => {}).end(body);
    await until(() => hashQueue.size === 1);
    const stays = caller.createUser({ email: 'stays@example.com' });
    await until(() => hashQueue.size === 2);
    gone.destroy();
    await until(async () => (await connections()) === before + 1);
    for (; held > 0; held -= 1) hashQueue.leave();
    assert.equal((await stays).email, 'stays@example.com');
    assert.equal((await caller.get('/users?email=gone@example.com')).status, 404);
  });
});
