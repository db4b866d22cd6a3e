import { LIMITS } from '../domain/throttle/limits.ts';
import type { HttpBrowser } from './http-journey.ts';
import type { TestPlatform } from './test-platform.ts';

/**
 * Uses up the copies of test people that one network may make.
 * @param platform trusts a proxy on loopback
 * @returns another browser of that network, which gets the test people whom everybody shares
 */
export async function crowdedNetwork(platform: TestPlatform, address: string): Promise<() => HttpBrowser> {
  const another = () => {
    const browser = platform.browser();
    browser.headers['x-forwarded-for'] = address;
    return browser;
  };
  const browser = another();
  const form = (await browser.get('/sandbox/account/sign-in')).form('/persona');
  const headers = {
    ...browser.headers,
    cookie: browser.cookieHeader('/sandbox/account'),
    origin: platform.url,
    'sec-fetch-site': 'same-origin',
  };
  for (let copy = 0; copy < LIMITS.copiesByNetwork.points; copy += 1) {
    // Each without the cookie that the one before has set, and with a number of its own, so that it is another copy.
    const body = new URLSearchParams({ csrf: String(form.values['csrf']), persona: 'complete' });
    const { status } = await fetch(`${platform.url}${form.action}`, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
    });
    if (status !== 303) throw new Error(`copy ${copy}: ${status}`);
  }
  return another;
}
