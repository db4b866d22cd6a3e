import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { REQUEST_OBJECTS } from '../../scripts/testing/hostile-inputs.ts';
import { REDIRECT_URI, type SandboxApp } from '../testing/code-flow.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

describe('a request object is refused', () => {
  let platform: TestPlatform;
  let app: SandboxApp;
  before(async () => {
    platform = await startTestPlatform();
    app = await platform.createApp({ redirectUris: [REDIRECT_URI] });
  });
  after(() => platform.close());

  const ask = (request: string, more: Record<string, string> = {}, from: string = SHOP_ORIGIN) => {
    const all = {
      client_id: app.clientId,
      response_type: 'code',
      redirect_uri: REDIRECT_URI,
      scope: 'openid',
      ...more,
    };
    const query = new URLSearchParams({ ...all, request });
    return platform.browser().follow(`${app.issuer}/authorize?${query}`, from);
  };
  const object = (claims: object, header: object = { alg: 'none' }) =>
    `${[header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
  const refusal = { error: 'request_not_supported' };

  it('where and with the state that it says', async () => {
    const posted = await ask(object({ state: 'ü &=', response_mode: 'form_post' }));
    assert.deepEqual(posted.form('/callback').values, { ...refusal, state: 'ü &=', iss: app.issuer });
    const { url } = await ask(object({ state: 's', response_mode: 'fragment' }, { alg: 'RS256' }));
    assert.deepEqual(Object.fromEntries(new URLSearchParams(url.hash.slice(1))), {
      ...refusal,
      state: 's',
      iss: app.issuer,
    });
  });

  it('by what the address says, where that says it too', async () => {
    const { url } = await ask(object({ state: 'inner', response_mode: 'form_post' }), {
      state: 'outer',
      response_mode: 'query',
    });
    assert.deepEqual(Object.fromEntries(url.searchParams), { ...refusal, state: 'outer', iss: app.issuer });
  });

  it('never at an address that only it names', async () => {
    const { url } = await ask(object({ redirect_uri: 'https://elsewhere.example/', client_id: 'x', state: 's' }));
    assert.equal(url.origin + url.pathname, REDIRECT_URI);
    const other = await ask(object({ redirect_uri: REDIRECT_URI }), { redirect_uri: 'https://elsewhere.example/' });
    assert.deepEqual([other.status, other.url.origin], [400, platform.url]);
  });

  it('only once the person wants to go there, when no page of the app asked', async () => {
    for (const mode of ['form_post', 'query']) {
      const page = await ask(object({ response_mode: mode }), {}, 'https://elsewhere.example');
      assert.deepEqual([page.status, page.url.origin], [400, platform.url], mode);
      assert.doesNotMatch(page.html, /\.submit\(\)/);
    }
  });

  for (const { what, input } of REQUEST_OBJECTS)
    it(`by query, without a state: ${what}`, async () => {
      const { url } = await ask(input);
      assert.deepEqual(Object.fromEntries(url.searchParams), { ...refusal, iss: app.issuer });
    });
});
