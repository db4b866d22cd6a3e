import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { INBOX_SIZE } from '#storage/sandbox-inbox.ts';
import { ApiCaller } from '#testing/api-caller.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';

interface Mail {
  id: string;
  to: string;
  subject: string;
  text: string;
  link: string | null;
  code: string | null;
}

describe('the sandbox inbox of an app, by API', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  const VERIFY = `/users?verify_user=true&verify_url=${encodeURIComponent(`${SHOP_ORIGIN}/verify`)}`;
  async function newApp() {
    const app = await platform.createApp({ name: 'Fern' });
    return { ...app, api: new ApiCaller(platform, app.apiKey) };
  }
  const put = (appId: string, to: string) =>
    platform.storage.sandboxInbox.add(appId, { to, subject: 'Hello', text: 'Hello\n' });
  async function list(api: ApiCaller, query = ''): Promise<{ mails: Mail[]; next: string | null }> {
    const { status, body } = await api.get(`/sandbox/mails${query}`);
    assert.equal(status, 200, JSON.stringify(body));
    return { mails: body['data'] as Mail[], next: body['next'] as string | null };
  }

  it('has the mail with its link and its code, by which the address is confirmed', async () => {
    const { api } = await newApp();
    const user = await api.createUser();
    await api.post(VERIFY, { email: 'Ada@example.com', password: 'an engine of difference' });
    await api.post('/auth/forgot-password', { email: user['email'] });
    const [reset, confirm, ...others] = (await list(api)).mails;
    assert.deepEqual(others, []);
    assert.equal(reset?.link, null);
    assert.ok(reset.code && reset.text.includes(reset.code));
    assert.equal(confirm?.to, 'Ada@example.com');
    assert.equal(confirm.link, `${SHOP_ORIGIN}/verify?code=${confirm.code}`);
    assert.deepEqual((await api.get(`/sandbox/mails/${confirm.id}`)).body, confirm);
    const verified = await api.post('/auth/verify', { code: confirm.code });
    assert.deepEqual([verified.status, verified.body['is_email_verified']], [200, true]);
  });

  it('is not emptied by somebody who sends the recipient in the body', async () => {
    const { api, appId } = await newApp();
    await put(appId, 'a@example.com');
    const { status, body } = await api.send('DELETE', '/sandbox/mails', { to: 'b@example.com' });
    assert.deepEqual([status, body['error']], [400, 'invalid_request']);
    assert.match(String(body['message']), /^Send "to" in the query of the URL: DELETE \/1\/sandbox\/mails\?to=/);
    assert.equal((await list(api)).mails.length, 1);
  });

  it('is filtered by recipient and time, and paged, although mails are deleted meanwhile', async () => {
    const { api, appId } = await newApp();
    for (let count = 0; count < 5; count += 1) await put(appId, `a${count % 2}@example.com`);
    assert.equal((await list(api, '?to=A1@example.com')).mails.length, 2);
    assert.equal((await list(api, `?since=${new Date(Date.now() + 60_000).toISOString()}`)).mails.length, 0);
    assert.equal((await list(api, `?since=${encodeURIComponent('2026-01-01T00:00:00+01:00')}`)).mails.length, 5);
    const first = await list(api, '?limit=2');
    for (const { id } of first.mails) assert.equal((await api.delete(`/sandbox/mails/${id}`)).status, 200);
    assert.ok(first.next?.startsWith(`${platform.url}/1/sandbox/mails?limit=2&starting_after=`));
    const second = await list(api, new URL(first.next ?? '').search);
    const third = await list(api, new URL(second.next ?? '').search);
    const ids = [first, second, third].flatMap(({ mails }) => mails.map(({ id }) => id));
    assert.equal(new Set(ids).size, 5);
    assert.equal(third.next, null);
  });

  it('waits for a mail, and answers without one when none comes', async () => {
    const { api, appId } = await newApp();
    const waiting = list(api, '?to=late@example.com&wait=5');
    await put(appId, 'late@example.com');
    assert.equal((await waiting).mails[0]?.to, 'late@example.com');
    assert.deepEqual((await list(api, '?to=never@example.com&wait=1')).mails, []);
  });

  it('is emptied, or of one recipient’s mails', async () => {
    const { api, appId } = await newApp();
    for (const to of ['a@example.com', 'a@example.com', 'b@example.com']) await put(appId, to);
    assert.deepEqual((await api.delete('/sandbox/mails?to=A@example.com')).body, { deleted: 2 });
    assert.deepEqual((await api.delete('/sandbox/mails')).body, { deleted: 1 });
    assert.deepEqual((await list(api)).mails, []);
  });

  it('is no other app’s, and none of production’s', async () => {
    const [mine, other] = [await newApp(), await newApp()];
    const id = await put(mine.appId, 'a@example.com');
    assert.deepEqual((await list(other.api)).mails, []);
    for (const method of ['GET', 'DELETE']) {
      assert.equal((await other.api.send(method, `/sandbox/mails/${id}`)).status, 404);
    }
    await other.api.delete('/sandbox/mails');
    assert.equal((await list(mine.api)).mails.length, 1);

    const live = await platform.storage.appEnvironments.add(mine.appId, 'production', [SHOP_ORIGIN]);
    const api = new ApiCaller(platform, live?.apiKey ?? '');
    for (const [method, path] of [
      ['GET', '/sandbox/mails'],
      ['GET', `/sandbox/mails/${id}`],
      ['DELETE', `/sandbox/mails/${id}`],
      ['DELETE', '/sandbox/mails'],
    ] as const) {
      const { status, body } = await api.send(method, path);
      assert.deepEqual([status, body['error']], [403, 'sandbox_only'], `${method} ${path}`);
    }
    assert.equal((await list(mine.api)).mails.length, 1);
  });

  it('refuses what it cannot understand', async () => {
    const { api } = await newApp();
    for (const query of ['limit=0', 'limit=101', 'wait=6', 'wait=x', 'since=yesterday', 'starting_after=x', 'to=%00']) {
      const { status, body } = await api.get(`/sandbox/mails?${query}`);
      assert.deepEqual([status, body['error']], [400, 'invalid_request'], query);
    }
    assert.equal((await api.get('/sandbox/mails/a%00b')).status, 400);
  });

  it(`keeps the newest ${INBOX_SIZE} mails`, async () => {
    const { api, appId } = await newApp();
    for (let count = 0; count < INBOX_SIZE + 5; count += 1) await put(appId, `a${count}@example.com`);
    const rows = await platform.database.db.selectFrom('mails').select('id').where('app_id', '=', appId).execute();
    assert.equal(rows.length, INBOX_SIZE);
    assert.equal((await list(api, `?to=a${INBOX_SIZE + 4}@example.com`)).mails.length, 1);
  });
});
