import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { RESPONSE_MESSAGE } from '@signup-with-platform/protocol';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';
import { inFragment, relayTarget } from './relay.ts';

const BACK = `${SHOP_ORIGIN}/back`;
const issuer = 'https://platform.example';
const message = { type: RESPONSE_MESSAGE, state: 's', iss: issuer } as const;
const params = {
  client_id: 'c',
  scope: 'openid',
  state: 's',
  nonce: 'n',
  claims: '{"id_token":{"name":null}}',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
  relay_uri: BACK,
  redirect_uri: SHOP_ORIGIN,
  response_type: 'id_token',
  response_mode: 'web_message',
  prompt: 'login',
};

describe('where the last page goes when nobody hears it', () => {
  it('is nowhere without a registered redirect URI', () => {
    for (const relay_uri of [undefined, ['x'], 7, `${BACK}/`, 'https://evil.example/', 'javascript:alert(1)'])
      assert.equal(
        relayTarget({ issuer }, { redirectUris: [BACK] }, { ...params, relay_uri }, { ...message, credential: 'jwt' }),
        undefined,
      );
  });

  it('with a credential is a new request for a code that only who began can redeem: no address ever holds it', () => {
    const target = new URL(
      relayTarget({ issuer }, { redirectUris: [BACK] }, params, { ...message, credential: 'the.cred.ential' }) ?? '',
    );
    assert.ok(!target.href.includes('cred'));
    assert.equal(target.origin, issuer);
    const { relay_uri: _relay, ...kept } = params;
    assert.deepEqual(Object.fromEntries(target.searchParams), {
      ...kept,
      response_type: 'code',
      response_mode: 'fragment',
      redirect_uri: BACK,
      prompt: 'none',
      id_token_alg: 'ES256',
    });
  });

  it('with a code or an error is the redirect URI, in a fragment, which no server sees', () => {
    const refused = { ...message, error: 'access_denied', error_description: 'a&b=c#d' };
    const target = new URL(relayTarget({ issuer }, { redirectUris: [BACK] }, params, refused) ?? '');
    assert.equal(target.href.replace(target.hash, ''), BACK);
    const { type: _type, ...response } = refused;
    assert.deepEqual(Object.fromEntries(new URLSearchParams(target.hash.slice(1))), response);
    assert.equal(
      inFragment(BACK, { ...message, code: 'c' }),
      `${BACK}#state=s&iss=https%3A%2F%2Fplatform.example&code=c`,
    );
  });
});

describe('a relay that somebody asks for by hand', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  it('goes to a redirect URI of that very app, exactly, or nothing is asked and nothing told', async () => {
    const { clientId, issuer: realm } = await platform.createApp({ redirectUris: [BACK] });
    await platform.createApp({ origins: ['https://other.example'], redirectUris: ['https://other.example/back'] });
    const ask = (relayUri: string) => {
      const query = new URLSearchParams({ ...params, client_id: clientId, relay_uri: relayUri, prompt: 'consent' });
      return platform.browser().get(`${realm}/authorize?${query}`);
    };
    for (const uri of [
      'https://evil.example/',
      'https://other.example/back',
      SHOP_ORIGIN,
      `${BACK}/`,
      `${BACK}?x`,
      'javascript:alert(1)',
      '//evil.example',
    ]) {
      const page = await ask(uri);
      assert.doesNotMatch(page.html, /action="[^"]*sign-in/, uri);
      assert.match(page.message.error_description ?? '', /relay_uri is not registered/, uri);
      assert.equal(page.delivery?.relay, undefined, uri);
    }
    assert.match((await ask(BACK)).html, /action="[^"]*sign-in/);
  });
});
