import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { hashPassword } from '../../domain/accounts/passwords.ts';
import type { Account, NewAccount } from '../../storage/accounts.ts';
import type { AppSecrets } from '../../storage/app-environments.ts';
import type { HttpBrowser, Page } from '../../testing/http-journey.ts';
import { SHOP_ORIGIN, type TestPlatform } from '../../testing/test-platform.ts';

export const PASSWORD = 'an engine of difference';
export const CALLBACK = `${SHOP_ORIGIN}/callback`;
const passwordHash = hashPassword(PASSWORD);

/** Somebody with an account of the production realm, and a browser in which they are signed in. */
export interface Resident {
  account: Account;
  email: string;
  browser: HttpBrowser;
}

export async function resident(platform: TestPlatform, profile: NewAccount = {}): Promise<Resident> {
  const email = `ada.${randomUUID()}@example.com`;
  const account = await platform.storage.realm('production').accounts.create({
    email,
    emailVerified: true,
    givenName: 'Ada',
    familyName: 'Byron',
    passwordHash: await passwordHash,
    ...profile,
  });
  return { account, email, browser: await signInAs(platform, email) };
}

/** Another browser of somebody. */
export async function signInAs(platform: TestPlatform, email: string): Promise<HttpBrowser> {
  const browser = platform.browser();
  const form = await browser.get('/account/sign-in');
  const page = await browser.submit(form, '/account/sign-in', { email, password: PASSWORD });
  if (page.url.pathname === '/account/sign-in') throw new Error(`not signed in: ${page.heading}`);
  return browser;
}

/** The proof that forms of this browser carry. */
export async function csrfOf(browser: HttpBrowser): Promise<string> {
  return String((await browser.get('/account/data/deletion')).form('/sign-out').values['csrf']);
}

/** Opens a shop's popup. */
export function openShop(browser: HttpBrowser, { clientId }: AppSecrets, fields?: string): Promise<Page> {
  const origin = SHOP_ORIGIN;
  return browser.openPopup({ client_id: clientId, origin, state: 's', nonce: 'n', ...(fields && { fields }) });
}

/** Agrees to everything that a shop asks for. @returns the claims of the credential */
export async function connect(
  browser: HttpBrowser,
  shop: AppSecrets,
  fields?: string,
): Promise<Record<string, unknown>> {
  const page = await openShop(browser, shop, fields);
  return (await browser.submit(page, '/consent')).claims;
}

export interface Tokens {
  access_token?: string;
  refresh_token?: string;
  id_token?: string;
  error?: string;
}

/** Has a shop's backend get tokens that outlive the visit; the consent is asked for again, as OpenID Connect Core 1.0 section 11 says. */
export async function redeemCode(
  platform: TestPlatform,
  browser: HttpBrowser,
  shop: AppSecrets,
  scope = 'openid offline_access',
): Promise<Tokens> {
  const verifier = randomBytes(32).toString('base64url');
  const authorization = new URLSearchParams({
    client_id: shop.clientId,
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope,
    prompt: 'consent',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const consent = await browser.get(`/authorize?${authorization}`);
  const page = await browser.submit(consent, '/consent');
  return tokenRequest(platform, shop, {
    grant_type: 'authorization_code',
    code: page.url.searchParams.get('code') ?? '',
    redirect_uri: CALLBACK,
    code_verifier: verifier,
  });
}

export async function tokenRequest(
  platform: TestPlatform,
  { clientId, clientSecret }: AppSecrets,
  values: Record<string, string>,
): Promise<Tokens> {
  const response = await fetch(`${platform.url}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams(values),
  });
  return (await response.json()) as Tokens;
}

/** What a shop's backend is told at the userinfo endpoint. */
export async function userinfo(
  platform: TestPlatform,
  accessToken: string | undefined,
): Promise<{ status: number; claims: Record<string, unknown> }> {
  const response = await fetch(`${platform.url}/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } });
  return { status: response.status, claims: (await response.json()) as Record<string, unknown> };
}

/** The payload of a token, unverified. */
export function payloadOf(token: string | undefined): Record<string, unknown> {
  return JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
}

/** Makes the sign-in of an account's sessions an hour old. */
export async function makeStale({ database }: Pick<TestPlatform, 'database'>, accountId: string): Promise<void> {
  const sessions = await database.db
    .selectFrom('oidc_records')
    .select(['id_hash', 'payload'])
    .where('model', '=', 'Session')
    .execute();
  for (const { id_hash: id, payload } of sessions) {
    const session = JSON.parse(payload) as { accountId?: string; loginTs?: number };
    if (session.accountId !== accountId) continue;
    session.loginTs = Math.floor(Date.now() / 1000) - 3600;
    await database.db
      .updateTable('oidc_records')
      .set({ payload: JSON.stringify(session) })
      .where('id_hash', '=', id)
      .execute();
  }
}
