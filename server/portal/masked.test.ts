import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { PORTAL_ROUTES } from '../composition/portal-routes.ts';
import type { HttpBrowser } from '../testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';
import { connect, openShop, resident } from './testing/resident.ts';

/** What pages hide: tokens of forms, challenges, and what their scripts are handed. */
const SECRETS = /(?:name="csrf" value|data-masked)="([^"]+)"|&quot;challenge&quot;:&quot;([\w-]+)/g;

function secretsOf(html: string): string[] {
  return [...html.matchAll(SECRETS)].map(([, hidden, challenge]) => hidden ?? challenge ?? '');
}

/** A proxy may compress what we do not (BREACH). */
describe('two responses to the same request have no secret in common', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  async function differs(browser: HttpBrowser, path: string): Promise<number> {
    const pages = [await browser.get(path), await browser.get(path)];
    const [first = [], second = []] = pages.map(({ html }) => secretsOf(html));
    assert.equal(first.length, second.length, path);
    for (const secret of first) assert.ok(!second.includes(secret), `${path}: ${secret}`);
    return first.length;
  }

  it('at the portal', async () => {
    const { browser, account } = await resident(platform);
    const shop = await platform.createApp({ environment: 'production' });
    await platform.storage.appMembers.put(shop.appId, account.id, 'owner');
    await connect(browser, shop);
    const addresses = PORTAL_ROUTES.filter(({ method, realms }) => method === 'GET' && !realms).map(({ path }) =>
      `/account${path}`
        .replace(':appId', shop.appId)
        .replace(':environment', 'production')
        .replaceAll(/:\w+/g, 'unknown'),
    );
    let pages = 0;
    for (const visitor of [browser, platform.browser()])
      for (const address of addresses) if ((await differs(visitor, address)) > 0) pages += 1;
    assert.ok(pages > 30, `${pages} pages with a secret`);
  });

  it('in the popup', async () => {
    for (const environment of ['production', 'localhost'] as const) {
      const shop = await platform.createApp({ environment });
      const query = { client_id: shop.clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' };
      const browser = platform.browser();
      const first = await openShop(browser, shop);
      const { action } = first.form('/sign-in');
      for (const path of [action.replace('/sign-in', ''), action.replace('/sign-in', '/sign-up')])
        assert.ok((await differs(browser, path)) > 2, path);
      const wrong = `/popup?${new URLSearchParams({ ...query, fields: 'nonsense' })}`;
      assert.ok((await differs(browser, wrong)) > 0, 'a message to the shop');
      assert.ok((await differs(browser, '/confirm-email?code=abc')) > 0, 'the link of a mail');
    }
  });
});
