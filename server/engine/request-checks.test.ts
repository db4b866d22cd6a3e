import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CLAIMS_PARAMETERS, RESPONSE_TYPES } from '../../scripts/testing/hostile-inputs.ts';
import { REDIRECT_URI, type SandboxApp } from '../testing/code-flow.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

describe('the parameter claims', () => {
  let platform: TestPlatform;
  let app: SandboxApp;
  before(async () => {
    platform = await startTestPlatform();
    app = await platform.createApp({ redirectUris: [REDIRECT_URI], fields: [{ field: 'email', required: true }] });
  });
  after(() => platform.close());

  const ask = (claims: string) => {
    const query = new URLSearchParams({
      client_id: app.clientId,
      response_type: 'code',
      redirect_uri: REDIRECT_URI,
      scope: 'openid',
      state: 's',
      claims,
    });
    return platform.browser().follow(`${app.issuer}/authorize?${query}`, SHOP_ORIGIN);
  };

  for (const { input, what } of CLAIMS_PARAMETERS.understood)
    it(`is understood: ${what}`, async () => {
      const page = await ask(input);
      assert.deepEqual([page.status, page.heading], [200, 'Sign in'], page.url.search);
    });

  for (const { input, refusal, what } of CLAIMS_PARAMETERS.refused)
    it(`is refused: ${what}`, async () => {
      const { searchParams } = (await ask(input)).url;
      assert.equal(searchParams.get('error'), 'invalid_request');
      assert.match(searchParams.get('error_description') ?? '', new RegExp(refusal));
    });
});

describe('the response type', () => {
  let platform: TestPlatform;
  let app: SandboxApp;
  before(async () => {
    platform = await startTestPlatform();
    app = await platform.createApp({ redirectUris: [REDIRECT_URI] });
  });
  after(() => platform.close());

  const parameters = (responseType: string) => ({
    client_id: app.clientId,
    response_type: responseType,
    redirect_uri: REDIRECT_URI,
    scope: 'openid',
    nonce: 'n',
    state: 's',
  });

  for (const { input, refusal, what } of RESPONSE_TYPES.refused)
    it(`is refused: ${what}`, async () => {
      const query = new URLSearchParams(parameters(input));
      const { url } = await platform.browser().follow(`${app.issuer}/authorize?${query}`, SHOP_ORIGIN);
      const answer = new URLSearchParams(url.search || url.hash.slice(1));
      assert.equal(answer.get('error'), refusal, url.href);
      const authorization = `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}`;
      const pushed = await fetch(`${app.issuer}/par`, { method: 'POST', headers: { authorization }, body: query });
      assert.equal(((await pushed.json()) as { error: string }).error, refusal);
    });

  it('is one of those that discovery names', async () => {
    const query = new URLSearchParams(parameters('code'));
    const page = await platform.browser().follow(`${app.issuer}/authorize?${query}`, SHOP_ORIGIN);
    assert.equal(page.heading, 'Sign in');
  });
});
