import assert from 'node:assert/strict';
import { until } from '../../scripts/testing/until.ts';
import { HandingWebsite } from './handing-website.ts';
import { type HttpBrowser, Page } from './http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from './test-platform.ts';

/** A platform with a website of its own that hands its members over, and a shop in production. */
export interface HandOverPlatform extends TestPlatform {
  readonly website: HandingWebsite;
  openPopup(browser: HttpBrowser, more?: Record<string, string>): Promise<Page>;
  /** Posts a form as a browser does with one of another site: without the cookies that are Lax, and with them where it is led. */
  postFrom(browser: HttpBrowser, fields: Record<string, string>, headers?: Record<string, string>): Promise<Page>;
  /** Says to the platform that somebody has signed out on the website. */
  tellLogout(token: string): Promise<Response>;
  close(): Promise<void>;
}

/** @param coop what its page says of windows. Default: nothing, so that it is asked without a page */
export async function startHandOverPlatform(
  env: Record<string, string> = {},
  { coop }: { coop?: string } = {},
): Promise<HandOverPlatform> {
  const website = await HandingWebsite.start();
  website.coop = coop;
  const platform = await startTestPlatform({ ...website.settings, ...env });
  const { clientId, issuer } = await platform.createApp({ environment: 'production' });
  website.audience = issuer;
  const openPopup: HandOverPlatform['openPopup'] = (browser, more = {}) =>
    browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 'state-1', nonce: 'nonce-1', ...more });
  // It is looked at while the platform starts; until then, nobody waits for it.
  await until(() => website.asked > 0);
  if (coop === undefined) await until(async () => (await openPopup(platform.browser())).url.origin === website.origin);
  return {
    ...platform,
    website,
    openPopup,
    postFrom: async (browser, fields, headers = {}) => {
      const response = await fetch(`${platform.url}/handover`, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          origin: website.origin,
          'sec-fetch-site': 'cross-site',
          'sec-fetch-dest': 'document',
          ...headers,
        },
        body: new URLSearchParams(fields),
      });
      if (response.status !== 303) return pageOf(response);
      const location = new URL(response.headers.get('location') ?? '', platform.url);
      assert.equal(location.origin, platform.url);
      assert.doesNotMatch(location.href, /assertion|eyJ/, 'what the website says is in no address');
      return browser.follow(`${location.pathname}${location.search}`, website.origin);
    },
    tellLogout: (token) =>
      fetch(`${platform.url}/backchannel-logout`, {
        method: 'POST',
        body: new URLSearchParams({ logout_token: token }),
      }),
    close: async () => {
      await platform.close();
      await website.close();
    },
  };
}

async function pageOf(response: Response): Promise<Page> {
  return new Page(new URL(response.url), response.status, response.headers, await response.text());
}

/** What the website was asked with. */
export function askedWith(page: Page): { state: string; nonce: string; prompt: string | null } {
  const { searchParams } = page.url;
  return {
    state: searchParams.get('state') ?? '',
    nonce: searchParams.get('nonce') ?? '',
    prompt: searchParams.get('prompt'),
  };
}
