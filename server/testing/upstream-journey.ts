import assert from 'node:assert/strict';
import type { NewApp } from '../storage/apps.ts';
import { freePort } from './free-port.ts';
import type { HttpBrowser, Page } from './http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from './test-platform.ts';
import { UPSTREAM_CLIENT, type UpstreamPersonClaims, UpstreamServer } from './upstream-server.ts';

export const ADA = {
  sub: 'ada-1',
  given_name: 'Ada',
  family_name: 'Lovelace',
  email: 'ada@acme.example',
  email_verified: true,
};
export const BOB = { sub: 'bob-1', given_name: 'Bob', family_name: 'Stone', email: 'bob@acme.example' };

/** A platform and two other logins, `acme` and `other`, that know the same people. */
export interface UpstreamPlatform extends TestPlatform {
  readonly acme: UpstreamServer;
  readonly other: UpstreamServer;
  /** Whom both know. */
  readonly people: UpstreamPersonClaims[];
  /** Opens the popup of a shop, in production. */
  openPopup(browser: HttpBrowser, more?: Record<string, string>): Promise<Page>;
  close(): Promise<void>;
}

/** @param settings what `acme` has besides; `alone` leaves the other one out */
export async function startUpstreamPlatform(
  settings: Record<string, unknown> = {},
  { alone = false, app = {}, env = {} }: { alone?: boolean; app?: Partial<NewApp>; env?: Record<string, string> } = {},
): Promise<UpstreamPlatform> {
  const port = await freePort();
  const acmePort = await freePort();
  const otherPort = await freePort();
  const url = `http://localhost:${port}`;
  const entry = (id: string, at: number) => ({
    id,
    name: id,
    issuer: `http://127.0.0.1:${at}`,
    ...UPSTREAM_CLIENT,
    coop: 'keeps',
  });
  const upstreams = [{ ...entry('acme', acmePort), ...settings }, ...(alone ? [] : [entry('other', otherPort)])];
  const people: UpstreamPersonClaims[] = [ADA, BOB];
  const start = (id: string, at: number) =>
    UpstreamServer.start({
      port: at,
      redirectUris: [`${url}/upstream/${id}/callback`, `${url}/sandbox/upstream/${id}/callback`],
      postLogoutRedirectUris: [`${url}/account/sign-in`],
      backchannelLogoutUri: `${url}/backchannel-logout`,
      people,
    });
  const [acme, other] = [await start('acme', acmePort), await start('other', otherPort)];
  const platform = await startTestPlatform({ ...env, PORT: String(port), UPSTREAMS: JSON.stringify(upstreams) });
  const { clientId } = await platform.createApp({ environment: 'production', ...app });
  return {
    ...platform,
    acme,
    other,
    people,
    openPopup: (browser, more = {}) =>
      browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 'state-1', nonce: 'nonce-1', ...more }),
    close: async () => {
      await platform.close();
      await Promise.all([acme.close(), other.close()]);
    },
  };
}

/** Where a page leads away to. */
export function awayAddress(page: Page): URL {
  const { relay } = page.handed.find((handed) => handed.relay !== undefined) ?? {};
  assert.ok(relay, `"${page.heading}" (${page.status}) leads nowhere`);
  return new URL(relay);
}

/** Presses the button of a login. */
export function press(browser: HttpBrowser, page: Page, upstream = 'acme'): Promise<Page> {
  return browser.submit(page, '/upstream', { upstream });
}

/** Goes through another login as a browser does, where somebody or nobody signs in. @returns where it sends them back */
export async function signInThere(start: URL, cookies = new Map<string, string>()): Promise<URL> {
  let url = start;
  for (let hops = 0; hops < 10; hops += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    assert.ok(location, `${response.status} ${await response.text()}`);
    url = new URL(location, url);
    if (url.origin !== start.origin) return url;
  }
  throw new Error('the login goes round in circles');
}

/** Back from there, as a browser goes: from a page of another site. */
export function comeBack(browser: HttpBrowser, callback: URL, { issuer }: UpstreamServer): Promise<Page> {
  return browser.follow(`${callback.pathname}${callback.search}`, issuer);
}

/** From a page with the button to what comes after the other login. */
export async function through(
  browser: HttpBrowser,
  page: Page,
  server: UpstreamServer,
  upstream = 'acme',
): Promise<Page> {
  return comeBack(browser, await signInThere(awayAddress(await press(browser, page, upstream))), server);
}

/** Signs out there, in the browser that has these cookies, and so has it tell whoever it handed the session to. */
export async function signOutThere({ issuer }: UpstreamServer, cookies: Map<string, string>): Promise<void> {
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const question = await fetch(`${issuer}/session/end`, { headers: { cookie: cookie() } });
  for (const line of question.headers.getSetCookie()) {
    const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
    cookies.set(name, value);
  }
  const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(await question.text()) ?? [];
  const answer = await fetch(`${issuer}/session/end/confirm`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookie() },
    body: new URLSearchParams({ xsrf, logout: 'yes' }),
  });
  assert.ok(answer.status < 400, `${answer.status} ${await answer.text()}`);
  cookies.clear();
}
