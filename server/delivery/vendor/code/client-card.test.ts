import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { resident } from '#portal/testing/resident.ts';
import type { AppSecrets } from '#storage/app-environments.ts';
import type { HttpBrowser } from '#testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';

/** That the samples work, e2e/clients/ shows, which runs them. */
describe('any OpenID Connect client, on the code page', () => {
  let platform: TestPlatform;
  let browser: HttpBrowser;
  let ownerId: string;
  before(async () => {
    platform = await startTestPlatform();
    const developer = await resident(platform);
    browser = developer.browser;
    ownerId = developer.account.id;
  });
  after(() => platform.close());

  const textOf = async ({ appId }: AppSecrets, environment: string) => {
    const { html } = await browser.get(`/account/apps/${appId}/${environment}/code`);
    return html
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll(/[\u2066-\u2069]/g, '')
      .replaceAll('&#39;', "'");
  };

  it('has what to paste, with the issuer of the environment', async () => {
    const sandbox = await platform.createApp({ ownerId, redirectUris: [`${SHOP_ORIGIN}/back`] });
    const text = await textOf(sandbox, 'localhost');
    const discovery = `${platform.url}/sandbox/.well-known/openid-configuration`;
    for (const value of [sandbox.clientId, `${platform.url}/sandbox`, discovery, `${SHOP_ORIGIN}/back`])
      assert.ok(text.includes(value), value);
    assert.ok(!text.includes(sandbox.clientSecret));

    const production = await platform.createApp({ ownerId, environment: 'production' });
    assert.ok((await textOf(production, 'production')).includes(`${platform.url}/.well-known/openid-configuration`));
  });

  it('says which redirect URI has to be registered, until it is', async () => {
    const advice = (uri: string) => `People come back to ${uri}, which isn’t registered yet.`;
    const ofSpring = `${SHOP_ORIGIN}/login/oauth2/code/platform`;
    const none = await textOf(await platform.createApp({ ownerId }), 'localhost');
    assert.ok(none.includes(advice(`${SHOP_ORIGIN}/callback`)));
    assert.ok(none.includes(advice(ofSpring)));
    const spring = await textOf(await platform.createApp({ ownerId, redirectUris: [ofSpring] }), 'localhost');
    assert.ok(!spring.includes(advice(ofSpring)));
    assert.ok(spring.includes(`redirect_uri: '${ofSpring}'`), 'a client that may come back anywhere comes back there');
  });
});
