import { randomUUID } from 'node:crypto';
import type { Frame, Page } from '@playwright/test';
import { CREDENTIAL_ALG, CREDENTIAL_LIFETIME, RESPONSE_MESSAGE, type Realm } from '@signup-with-platform/protocol';
import { importJWK, type JWTPayload, SignJWT } from 'jose';
import { openPopup, openShop, type Shop, type ShopOptions, widgetOn } from './people.ts';
import { test as base, expect, type RunningPlatform } from './test.ts';
import { startVendorSite, type VendorSite } from './vendor-site.ts';

/** The messages that a shop's page has received, and the events it has fired. */
export interface Seen {
  messages: { origin: string; data: unknown }[];
  events: { name: string; code?: string; sub?: string }[];
}

declare global {
  interface Window {
    seen: Seen;
    /** See {@link holdBackAnswer}. */
    answer?: { message: object; targetOrigin: string };
    shop?: Window;
  }
}

/** Adds an attacker's site, which is registered nowhere. */
export const test = base.extend<object, { attacker: VendorSite }>({
  attacker: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern
    async ({}, use) => {
      const attacker = await startVendorSite();
      attacker.serve('/', () => ({ html: watchedPage('') }));
      await use(attacker);
      await attacker.close();
    },
    { scope: 'worker' },
  ],
});

export { expect };

const WATCH = `<script>
  window.seen = { messages: [], events: [] };
  addEventListener('message', ({ origin, data }) => seen.messages.push({ origin, data }));
  for (const name of ['signup-start', 'signup-success', 'signup-cancel', 'signup-error'])
    addEventListener(name, ({ detail }) => seen.events.push({ name, code: detail?.code, sub: detail?.user?.sub }));
</script>`;

/** A page that records every message and every event of its tag. */
export function watchedPage(tag: string, script = ''): string {
  return `<!doctype html><html lang="en"><title>A shop</title>${WATCH}${script}<main><form>${tag}</form></main></html>`;
}

export function seenBy(page: Page): Promise<Seen> {
  return page.evaluate(() => window.seen);
}

/** A sign-up that waits for its answer, with all of its secrets. */
export interface Attempt {
  shop: Shop;
  popup: Page;
  state: string;
  nonce: string;
}

/** Serves a shop's page and presses its button, up to the popup's first page. */
export async function beginAttempt(
  page: Page,
  fixtures: { platform: RunningPlatform; site: VendorSite },
  options: ShopOptions = {},
): Promise<Attempt> {
  const shop = await openShop(fixtures, { html: watchedPage, ...options });
  await page.goto(shop.url);
  return { shop, ...(await openAttempt(page)) };
}

export async function openAttempt(page: Page): Promise<Omit<Attempt, 'shop'>> {
  const popup = await openPopup(page);
  await expect(widgetOn(page).element).toHaveAttribute('state', 'waiting');
  const { searchParams } = new URL(popup.url());
  return { popup, state: searchParams.get('state') ?? '', nonce: searchParams.get('nonce') ?? '' };
}

/** Sends a message to the page that opened `window`, or that has it as a frame. */
export async function post(window: Page | Frame, ...messages: unknown[]): Promise<void> {
  await window.evaluate((given) => {
    const target = globalThis.opener ?? parent;
    for (const message of given) target.postMessage(message, '*');
  }, messages);
}

/** The answer that the platform would send for the person with this `sub`. */
export async function answerTo(
  { shop, state, nonce }: Attempt,
  platform: RunningPlatform,
  sub: string = randomUUID(),
): Promise<Record<string, unknown>> {
  const credential = await signCredential(platform, 'sandbox', { iss: shop.issuer, aud: shop.clientId, nonce, sub });
  return { type: RESPONSE_MESSAGE, state, iss: shop.issuer, credential };
}

/** Those given as `undefined` are left out. */
export type Claims = Record<string, unknown>;

/** Signs with the realm's own key, which only the platform has. */
export async function signCredential(platform: RunningPlatform, realm: Realm, claims: Claims): Promise<string> {
  const [jwk] = await platform.storage.realm(realm).signingKeys.list();
  if (!jwk) throw new Error(`${realm} has no key`);
  return new SignJWT(completeClaims(claims))
    .setProtectedHeader({ alg: CREDENTIAL_ALG, typ: 'JWT', kid: jwk.kid ?? '' })
    .sign(await importJWK(jwk, CREDENTIAL_ALG));
}

export function completeClaims(claims: Claims): JWTPayload {
  const iat = Math.floor(Date.now() / 1000);
  return {
    iat,
    exp: iat + CREDENTIAL_LIFETIME.default,
    jti: randomUUID(),
    environment: 'localhost',
    is_new_user: true,
    given_name: 'Mallory',
    ...claims,
  } as JWTPayload;
}

/** Makes the popup keep its answer as `window.answer` and stay open, so that the test can send the answer. */
export async function holdBackAnswer(popup: Page): Promise<void> {
  await popup.addInitScript((type) => {
    const shop = window.opener as Window;
    const opener = {
      postMessage(message: { type: string }, targetOrigin: string) {
        if (message.type === type) window.answer = { message, targetOrigin };
        else shop.postMessage(message, targetOrigin);
      },
    };
    Object.defineProperty(window, 'opener', { value: opener, writable: true });
    window.shop = shop;
    window.close = () => {};
  }, RESPONSE_MESSAGE);
}
