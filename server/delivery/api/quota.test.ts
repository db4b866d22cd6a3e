import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ApiCaller } from '../../testing/api-caller.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

describe('the quota of an app', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform({ API_QUOTA_PER_HOUR: '3' });
  });
  after(() => platform.close());

  it('counts down with each request, whatever the key and the answer, then refuses', async () => {
    const app = await platform.createApp();
    const { key: another } = await platform.storage.apiKeys.create(app.clientId, { name: 'Second', readOnly: true });
    const [first, second] = [new ApiCaller(platform, app.apiKey), new ApiCaller(platform, another)];
    const answers = [
      await first.get('/users'),
      await second.get('/users/unknown'),
      await first.post('/users', '{ not json'),
    ];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 404, 400],
    );
    assert.deepEqual(
      answers.map(({ headers }) => headers.get('ratelimit')?.replace(/t=\d+$/, 't=')),
      ['"hour";r=2;t=', '"hour";r=1;t=', '"hour";r=0;t='],
    );
    for (const refused of [await first.get('/users'), await second.get('/users')]) {
      assert.deepEqual([refused.status, refused.body['error']], [429, 'too_many_requests']);
      const seconds = Number(refused.headers.get('retry-after'));
      assert.ok(seconds > 3_590 && seconds <= 3_600, String(seconds));
      assert.equal(refused.headers.get('ratelimit-policy'), '"hour";q=3;w=3600');
      assert.equal(refused.headers.get('ratelimit'), `"hour";r=0;t=${seconds}`);
    }
  });

  it('is each app’s own, and nobody’s without a key', async () => {
    const vendor = new ApiCaller(platform, (await platform.createApp()).apiKey);
    for (let request = 0; request < 5; request += 1) {
      assert.equal((await new ApiCaller(platform, 'sk_test_unknown').get('/users')).status, 401);
    }
    assert.equal((await vendor.get('/users')).status, 200);
  });
});
