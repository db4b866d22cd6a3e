import { createHash, randomBytes } from 'node:crypto';
import { type Environment, issuerOf, type Realm, realmOf } from '@signup-with-platform/protocol';
import type { JSONWebKeySet } from 'jose';
import type { HttpBrowser, Page } from '../../testing/http-journey.ts';
import { type Installation, PUBLIC_URL } from './installation.ts';
import type { World } from './world.ts';

// What people and vendors do, the same before an upgrade and after it.

export type Person = Record<'given_name' | 'family_name' | 'email' | 'password', string>;

/** All that the app may ask for. */
export const ALL_FIELDS = 'name email phone_number address';

/** Where an environment's realm answers, behind its public name. */
export function addressOf({ url }: Pick<Installation, 'url'>, realm: Realm): string {
  return issuerOf(url, realm);
}

export async function publishedKeys(installation: Installation, realm: Realm): Promise<JSONWebKeySet> {
  return (await (await fetch(`${addressOf(installation, realm)}/jwks`)).json()) as JSONWebKeySet;
}

export function openShop(
  browser: HttpBrowser,
  { client_id, origin }: Pick<World['environments'][Environment], 'client_id' | 'origin'>,
  fields?: string,
): Promise<Page> {
  return browser.openPopup({ client_id, origin, state: 'state-1', nonce: 'nonce-1', ...(fields && { fields }) });
}

/** @param page the popup's sign-in. @returns the page after the form */
export async function signUpInPopup(browser: HttpBrowser, page: Page, person: Person): Promise<Page> {
  const form = await browser.get(page.signUpAddress);
  return browser.submit(form, '/sign-up', person);
}

export async function signIn(browser: HttpBrowser, { email, password }: { email: string; password: string }) {
  const form = await browser.get('/account/sign-in');
  return browser.submit(form, '/account/sign-in', { email, password });
}

/** Opens a page of the portal, giving the password again where it is asked for. */
export async function openFresh(browser: HttpBrowser, path: string, password: string): Promise<Page> {
  const page = await browser.get(path);
  if (page.url.pathname !== '/account/confirm') return page;
  return browser.submit(page, '/account/confirm', { password });
}

/** A path below the public address that a mail leads to. */
export async function linkInMail({ platform }: Installation, to: string, path: string): Promise<string> {
  for (const mail of await platform.storage.mails.list()) {
    const [link] = new RegExp(`https?://\\S*${path}\\S*`).exec(mail.text) ?? [];
    if (mail.to !== to || !link) continue;
    const { pathname, search } = new URL(link);
    return pathname + search;
  }
  throw new Error(`no mail to ${to} leads to ${path}`);
}

export interface Tokens {
  access_token?: string;
  refresh_token?: string;
  id_token?: string;
  error?: string;
}

/** Authorizes by redirect, agrees where it is asked for, and has the shop's backend redeem the code. */
export async function redeemCode(
  installation: Installation,
  browser: HttpBrowser,
  environment: Environment,
  secrets: Omit<World['environments'][Environment], 'sub' | 'api_key'>,
  more: Record<string, string> = {},
): Promise<Tokens> {
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: secrets.client_id,
    redirect_uri: secrets.redirect_uri,
    response_type: 'code',
    scope: 'openid',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  });
  let page = await browser.get(`${issuerOf(PUBLIC_URL, realmOf(environment))}/authorize?${query}`);
  if (!page.url.href.startsWith(secrets.redirect_uri)) page = await browser.submit(page, '/consent');
  return askForTokens(installation, environment, secrets, {
    grant_type: 'authorization_code',
    code: page.url.searchParams.get('code') ?? '',
    redirect_uri: secrets.redirect_uri,
    code_verifier: verifier,
  });
}

export async function askForTokens(
  installation: Installation,
  environment: Environment,
  { client_id, client_secret }: Pick<World['environments'][Environment], 'client_id' | 'client_secret'>,
  values: Record<string, string>,
): Promise<Tokens> {
  const response = await fetch(`${addressOf(installation, realmOf(environment))}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${client_id}:${client_secret}`)}` },
    body: new URLSearchParams(values),
  });
  return (await response.json()) as Tokens;
}

/** What a page hands to the browser's WebAuthn: of `creation` or `request`. */
export function passkeyOptions(page: Page, ceremony: 'creation' | 'request') {
  const [, json = ''] = new RegExp(` data-passkey-${ceremony}="([^"]*)"`).exec(page.html) ?? [];
  return JSON.parse(json.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
}
