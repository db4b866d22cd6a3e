import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it, mock } from 'node:test';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { createVendor, PASSWORD, type TestVendor } from '../auth/testing/test-vendor.ts';

describe('GET /1/tokens/:id', () => {
  let platform: TestPlatform;
  let vendor: TestVendor;
  before(async () => {
    platform = await startTestPlatform();
    vendor = await createVendor(platform);
    await vendor.createUser();
  });
  afterEach(() => mock.timers.reset());
  after(() => platform.close());
  const signIn = async () =>
    (await vendor.post('/auth/signin', { signin_id: 'ada@example.com', password: PASSWORD, create_token: true })).body;
  const read = (token: string, by = vendor) => by.call('GET', `/tokens/${encodeURIComponent(token)}`);

  it('tells once who signed in', async () => {
    const { token, ...user } = await signIn();
    const { status, body, headers } = await read(token);
    assert.equal(status, 200);
    assert.deepEqual(body, { type: 'signin', data: user });
    assert.equal(headers.get('cache-control'), 'no-store');
    const again = await read(token);
    assert.deepEqual([again.status, again.body.error], [404, 'not_found']);
  });

  it('is not used up by a read-only key', async () => {
    const { token } = await signIn();
    const { key } = await platform.storage.apiKeys.create(vendor.clientId, { name: 'Reports', readOnly: true });
    const refused = await fetch(`${platform.url}/1/tokens/${token}`, { headers: { 'x-api-key': key } });
    assert.deepEqual([refused.status, ((await refused.json()) as { error: string }).error], [403, 'read_only_key']);
    assert.equal((await read(token)).status, 200);
  });

  it('of 10 that ask at once one is told', async () => {
    const { token } = await signIn();
    const answers = await Promise.all(Array.from({ length: 10 }, () => read(token)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array(9).fill(404)]);
  });

  it('is over after five minutes', async () => {
    const { token } = await signIn();
    mock.timers.enable({ apis: ['Date'], now: Date.now() + 5 * 60_000 });
    assert.equal((await read(token)).status, 404);
    mock.timers.setTime(Date.now() - 1_000);
    assert.equal((await read(token)).status, 200);
  });

  it('tells no other app, nor the other realm, and stays good for its own', async () => {
    const { token } = await signIn();
    assert.equal((await read(token, await createVendor(platform))).status, 404);
    assert.equal((await read(token, await createVendor(platform, { environment: 'production' }))).status, 404);
    assert.equal((await read(token)).status, 200);
  });

  it('does not use a token up for HEAD, which would tell nothing', async () => {
    const { token } = await signIn();
    const { status, headers } = await vendor.call('HEAD', `/tokens/${token}`);
    assert.deepEqual([status, headers.get('allow')], [405, 'GET']);
    assert.equal((await read(token)).status, 200);
  });

  it('knows nothing of users who were deactivated or deleted meanwhile, or signed out', async () => {
    const { token, id } = await signIn();
    await vendor.users.update(id, { active: false });
    assert.equal((await read(token)).status, 404);
    await vendor.users.update(id, { active: true });

    const { token: second } = await signIn();
    assert.equal((await vendor.post('/auth/signout', { id })).status, 200);
    assert.equal((await read(second)).status, 404);

    const { token: third } = await signIn();
    await vendor.call('DELETE', `/users/${id}`);
    const left = await vendor.users.find(id);
    if (left) await vendor.users.delete(left);
    assert.equal((await read(third)).status, 404);
  });

  it('is not what mails carry', async () => {
    const user = await vendor.createUser({ email: 'grace@example.com' });
    for (const purpose of ['verify_email', 'reset_password'] as const) {
      assert.equal((await read(await vendor.codes.create(purpose, user.id, 60))).status, 404);
    }
    for (const nonsense of ['x', '%00', "' OR 1=1 --", 'a'.repeat(90)]) {
      assert.equal((await read(nonsense)).status, 404, nonsense);
    }
  });
});
