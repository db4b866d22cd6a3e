import type { AppSecrets } from '../storage/app-environments.ts';
import type { HttpBrowser, Page } from './http-journey.ts';
import { SHOP_ORIGIN } from './test-platform.ts';

/** A redirect URI and the PKCE pair of RFC 7636 appendix B, for tests of the code flow as any client library has it. */
export const REDIRECT_URI = `${SHOP_ORIGIN}/callback`;
export const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
export const CHALLENGE = {
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
};

export type SandboxApp = AppSecrets & { issuer: string };

/**
 * Requests authorization as a client does with nothing set but what it has to know, lets the person be Jane and agree, where either is
 * asked. @returns the page at the end: at the redirect URI, or the one that posts the message
 */
export async function authorize(
  browser: HttpBrowser,
  { clientId, issuer }: SandboxApp,
  more: Record<string, string> = {},
): Promise<Page> {
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: REDIRECT_URI,
    scope: 'openid',
    state: 's',
    ...more,
  });
  let page = await browser.follow(`${issuer}/authorize?${query}`, SHOP_ORIGIN);
  if (page.html.includes('/persona"')) page = await browser.submit(page, '/persona', { persona: 'complete' });
  if (page.html.includes('/consent"')) page = await browser.submit(page, '/consent');
  return page;
}

/** @throws when there is none */
export function codeIn({ url, delivery, status }: Page): string {
  const parameters = new URLSearchParams(url.search || url.hash.slice(1));
  const code = parameters.get('code') ?? delivery?.message.code;
  if (!code) throw new Error(`no code: ${status} ${url.href}`);
  return code;
}

export interface TokenAnswer {
  status: number;
  body: {
    error?: string;
    error_description?: string;
    id_token?: string;
    access_token?: string;
    refresh_token?: string;
  };
}

/** Asks the token endpoint as the app's backend, which has the secret. */
export function askAsBackend(app: SandboxApp, values: Record<string, string>): Promise<TokenAnswer> {
  const authorization = `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}`;
  return askForTokens(
    app,
    { authorization },
    { grant_type: 'authorization_code', redirect_uri: REDIRECT_URI, ...values },
  );
}

/** Asks it as a page of the app does, which has none, or as anybody who can write an Origin header. */
export function askAsPage(app: SandboxApp, values: Record<string, string>): Promise<TokenAnswer> {
  const own = { grant_type: 'authorization_code', redirect_uri: REDIRECT_URI, client_id: app.clientId };
  return askForTokens(app, { origin: SHOP_ORIGIN }, { ...own, ...values });
}

async function askForTokens(
  { issuer }: SandboxApp,
  headers: Record<string, string>,
  values: Record<string, string>,
): Promise<TokenAnswer> {
  const response = await fetch(`${issuer}/token`, { method: 'POST', headers, body: new URLSearchParams(values) });
  return { status: response.status, body: (await response.json()) as TokenAnswer['body'] };
}
