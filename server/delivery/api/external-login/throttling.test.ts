import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { type Answer, logIn, sendJson, type TextFields, tokenOf } from './testing/send.ts';

const MAX_FAILURES_OF_CLIENT = 10;
const MAX_FAILURES_OF_ADDRESS = 100;

describe('external_login slows guessing', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform({ TRUST_PROXY: '127.0.0.1' });
  });
  after(() => platform.close());

  const newLogin = async () => {
    const { clientId, clientSecret, appId } = await platform.createApp();
    return { appId, right: { client_id: clientId, client_secret: clientSecret, environment: 'localhost' } };
  };
  const fail = async (fields: TextFields, times: number, headers: Record<string, string> = {}) => {
    for (let attempt = 0; attempt < times; attempt += 1)
      assert.equal((await logIn(platform, { ...fields, client_secret: 'wrong' }, 'JSON', headers)).status, 401);
  };
  const assertRefused = (answer: Answer) => {
    assert.equal(answer.status, 429);
    const seconds = Number(answer.headers.get('retry-after'));
    assert.ok(Number.isInteger(seconds) && seconds > 800 && seconds <= 900, `${seconds}`);
    const again = `Too many failed logins. Check the credentials and try again in ${seconds} seconds.`;
    assert.deepEqual(JSON.parse(answer.text), { code: 429, message: 'fail', data: { error: again } });
    assert.equal(answer.headers.get('cache-control'), 'no-store');
  };

  it('slows a client_id after ten failures, and no other; the right secret still opens it', async () => {
    const { right } = await newLogin();
    await fail(right, MAX_FAILURES_OF_CLIENT);
    assertRefused(await logIn(platform, { ...right, client_secret: 'wrong' }));
    assertRefused(await logIn(platform, { ...right, environment: 'production' }));
    // The client_id is public: guessing must not lock the app itself out.
    assert.ok(tokenOf(await logIn(platform, right)));
    assert.ok(tokenOf(await logIn(platform, (await newLogin()).right)));
  });

  it('lets a page of the app read the refusal', async () => {
    const { right } = await newLogin();
    await fail(right, MAX_FAILURES_OF_CLIENT);
    const answer = await logIn(platform, { ...right, client_secret: 'wrong' }, 'JSON', { origin: SHOP_ORIGIN });
    assertRefused(answer);
    assert.equal(answer.headers.get('access-control-allow-origin'), SHOP_ORIGIN);
    assert.equal(answer.headers.get('access-control-expose-headers'), 'x-request-id, retry-after');
  });

  it('does not tell whether there is such a client', async () => {
    const unknown = { client_id: 'x'.repeat(32), environment: 'localhost' };
    await fail(unknown, MAX_FAILURES_OF_CLIENT);
    assertRefused(await logIn(platform, { ...unknown, client_secret: 'wrong' }));
  });

  it('counts the right secret in the wrong environment', async () => {
    const { right } = await newLogin();
    for (let attempt = 0; attempt < MAX_FAILURES_OF_CLIENT; attempt += 1)
      assert.equal((await logIn(platform, { ...right, environment: 'production' })).status, 401);
    assertRefused(await logIn(platform, { ...right, environment: 'production' }));
  });

  it('restarts the count after a success', async () => {
    const { right } = await newLogin();
    for (let round = 0; round < 3; round += 1) {
      await fail(right, MAX_FAILURES_OF_CLIENT - 1);
      assert.ok(tokenOf(await logIn(platform, right)));
    }
  });

  it('never slows those who know the secret, however many come at once', async () => {
    const { right } = await newLogin();
    const answers = await Promise.all(Array.from({ length: 60 }, () => logIn(platform, right)));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
  });

  it('does not count malformed requests and disabled apps', async () => {
    const { appId, right } = await newLogin();
    for (let attempt = 0; attempt < 12; attempt += 1) {
      await sendJson(platform, JSON.stringify({ client_id: right.client_id }));
      await logIn(platform, { ...right, environment: 'staging' });
    }
    await platform.storage.apps.setDisabled(appId, true);
    for (let attempt = 0; attempt < 12; attempt += 1) assert.equal((await logIn(platform, right)).status, 401);
    await platform.storage.apps.setDisabled(appId, false);
    assert.ok(tokenOf(await logIn(platform, right)));
  });

  it('slows a network after a hundred failures, whomever they were for; the right secret still opens from there', async () => {
    const { right } = await newLogin();
    // One IPv6 network, which is one guesser, whatever addresses it uses.
    const guesser = (host: number) => ({ 'x-forwarded-for': `2001:db8:1:2::${host.toString(16)}` });
    for (let client = 0; client < MAX_FAILURES_OF_ADDRESS; client += 1)
      await fail({ client_id: `guess${client}`, environment: 'localhost' }, 1, guesser(client));
    assertRefused(await logIn(platform, { ...right, client_secret: 'wrong' }, 'JSON', guesser(500)));
    // Backends of several vendors share the addresses of their host.
    assert.ok(tokenOf(await logIn(platform, right, 'JSON', guesser(501))));
    const elsewhere = { 'x-forwarded-for': '2001:db8:1:3::1' };
    assert.equal((await logIn(platform, { ...right, client_secret: 'wrong' }, 'JSON', elsewhere)).status, 401);
  });

  it('counts no loopback address', async () => {
    for (let client = 0; client <= MAX_FAILURES_OF_ADDRESS; client += 1)
      await fail({ client_id: `mistake${client}`, environment: 'localhost' }, 1);
    assert.ok(tokenOf(await logIn(platform, (await newLogin()).right)));
  });
});
