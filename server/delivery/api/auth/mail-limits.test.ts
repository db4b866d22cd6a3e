import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ApiCaller, PASSWORD } from '#testing/api-caller.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';

describe('an app in production that causes too many mails', () => {
  let platform: TestPlatform;
  before(async () => {
    // On its first day, an app may send a hundredth of that.
    platform = await startTestPlatform({ MAIL_PER_APP_DAILY: '1000' });
  });
  after(() => platform.close());

  const newCaller = async () =>
    new ApiCaller(platform, (await platform.createApp({ environment: 'production' })).apiKey);
  const VERIFY = `/users?verify_user=true&verify_url=${encodeURIComponent(`${SHOP_ORIGIN}/verify`)}`;
  const create = (api: ApiCaller, name: string) =>
    api.post(VERIFY, { email: `${name}@${name}.example`, password: PASSWORD });
  const TEN = Array.from({ length: 10 }, (_, index) => (index === 0 ? 'ada' : `person${index}`));
  const mailsTo = async (email: string) => (await platform.storage.mails.list()).filter(({ to }) => to === email);

  it('is told to wait, and no user is left half made', async () => {
    const api = await newCaller();
    for (const name of TEN) assert.equal((await create(api, name)).status, 200);
    const refused = await create(api, 'dee');
    assert.deepEqual([refused.status, refused.body['error']], [429, 'too_many_mails']);
    const seconds = Number(refused.headers.get('retry-after'));
    assert.ok(seconds > 0 && seconds <= 24 * 60 * 60);
    assert.equal((await api.get('/users?email=dee@dee.example')).status, 404);
    assert.deepEqual(await mailsTo('dee@dee.example'), []);
    const body = { email: 'dee@dee.example', password: PASSWORD };
    assert.equal((await api.post('/users', body)).status, 200, 'without a mail, all goes on');
    assert.equal((await create(await newCaller(), 'ada')).status, 200, 'and so does every other app');
  });

  it('pays nothing for what is not sent', async () => {
    const api = await newCaller();
    await create(api, 'ada');
    for (let count = 0; count < 11; count += 1) assert.equal((await create(api, 'ada')).body['error'], 'email_taken');
    for (let count = 0; count < 11; count += 1) {
      const answer = await api.post('/auth/forgot-password', { email: `nobody${count}@nobody${count}.example` });
      assert.deepEqual([answer.status, answer.body], [200, { sent: true }]);
    }
    assert.equal((await create(api, 'bob')).status, 200);
  });

  it('does not learn from it who is a user', async () => {
    const api = await newCaller();
    for (const name of TEN) await create(api, name);
    const [known, unknown] = [
      await api.post('/auth/forgot-password', { email: 'ada@ada.example' }),
      await api.post('/auth/forgot-password', { email: 'nobody@nobody.example' }),
    ];
    assert.deepEqual([known.status, known.body], [429, unknown.body]);
  });

  it('is refused by the embedded contract in that contract’s form', async () => {
    const { apiKey } = await platform.createApp({ environment: 'production' });
    const api = new ApiCaller(platform, apiKey);
    for (const name of TEN) await create(api, name);
    const response = await fetch(`${platform.url}/embed/forgot-password`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': apiKey },
      body: JSON.stringify({ userName: 'ada@ada.example', language: 'nl' }),
    });
    assert.equal(response.status, 429);
    assert.match(response.headers.get('retry-after') ?? '', /^\d+$/);
    const body = (await response.json()) as Record<string, string>;
    assert.deepEqual(Object.keys(body), ['message', 'code']);
    assert.equal(body['code'], 'too_many_attempts');
  });
});
