import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

describe('client secrets at the token endpoint', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform({ TRUST_PROXY: 'loopback' });
  });
  after(() => platform.close());

  const HERE = '2001:db8:1:2::1';
  const ask = (
    route: 'token' | 'revoke',
    client: { issuer: string },
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ) =>
    fetch(`${client.issuer}/${route}`, {
      method: 'POST',
      headers: { 'x-forwarded-for': HERE, ...headers },
      body: new URLSearchParams(fields),
    });
  const basic = (id: string, secret: string) => ({
    authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
  });
  const CODE = {
    grant_type: 'authorization_code',
    code: 'x',
    redirect_uri: SHOP_ORIGIN,
    code_verifier: 'v'.repeat(43),
  };

  it('are slowed when they are wrong, by client and network; the right one always works', async () => {
    const app = await platform.createApp();
    const wrong = (headers: Record<string, string> = {}, host = 1) =>
      ask('token', app, CODE, {
        ...basic(app.clientId, 'wrong'),
        'x-forwarded-for': `2001:db8:1:2::${host}`,
        ...headers,
      });
    for (let guess = 1; guess <= 10; guess += 1) assert.equal((await wrong({}, guess)).status, 401);
    const refused = await wrong({}, 11);
    assert.equal(refused.status, 429);
    const seconds = Number(refused.headers.get('retry-after'));
    assert.ok(seconds > 800 && seconds <= 900, `${seconds}`);
    const body = (await refused.json()) as Record<string, string>;
    assert.equal(body['error'], 'invalid_client');
    assert.match(body['error_description'] ?? '', /too many wrong client secrets/);
    const inForm = { ...CODE, client_id: app.clientId, client_secret: 'wrong' };
    assert.equal((await ask('token', app, inForm)).status, 429, 'counted together with those in the form');

    assert.equal((await ask('revoke', app, { token: 'x' }, basic(app.clientId, 'wrong'))).status, 429);

    const right = await ask('token', app, CODE, basic(app.clientId, app.clientSecret));
    assert.deepEqual([right.status, ((await right.json()) as { error: string }).error], [400, 'invalid_grant']);
    assert.equal((await wrong({ 'x-forwarded-for': '203.0.113.9' })).status, 401, 'another network');
    const other = await platform.createApp();
    assert.equal((await ask('token', other, CODE, basic(other.clientId, 'wrong'))).status, 401, 'another client');
  });

  it('are slowed alike for a client that does not exist', async () => {
    const { issuer } = await platform.createApp();
    const guess = () => ask('token', { issuer }, CODE, basic('x'.repeat(32), 'wrong'));
    for (let count = 0; count < 10; count += 1) assert.equal((await guess()).status, 401);
    assert.equal((await guess()).status, 429);
  });

  it('are needed for every code that did not go to the page that redeems it', async () => {
    const app = await platform.createApp({ origins: [SHOP_ORIGIN, 'https://other.example'] });
    const errorOf = async (fields: Record<string, string>, headers: Record<string, string>) =>
      ((await (await ask('token', app, { client_id: app.clientId, ...fields }, headers)).json()) as { error: string })
        .error;
    // The element's own page: known as public, so the code is looked at.
    assert.equal(await errorOf(CODE, { origin: SHOP_ORIGIN }), 'invalid_grant');
    // Another page of the app, a backend, and a code that went elsewhere.
    assert.equal(await errorOf(CODE, { origin: 'https://other.example' }), 'invalid_client');
    assert.equal(await errorOf(CODE, {}), 'invalid_client');
    assert.equal(
      await errorOf({ ...CODE, redirect_uri: 'https://evil.example/' }, { origin: SHOP_ORIGIN }),
      'invalid_client',
    );
  });
});
