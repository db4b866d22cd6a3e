import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { decodeJwt } from 'jose';
import type { AppSecrets } from '../storage/app-environments.ts';
import type { HttpBrowser, Page } from './http-journey.ts';

export interface Tokens {
  idToken: string;
  accessToken: string;
  refreshToken?: string;
  sub: string;
  sid: string | undefined;
}

/** A vendor's backend with its secret, which signs people in by redirect. */
export class CodeClient {
  readonly #app: AppSecrets & { issuer: string };
  readonly #redirectUri: string;

  constructor(app: AppSecrets & { issuer: string }, redirectUri: string) {
    this.#app = app;
    this.#redirectUri = redirectUri;
  }

  /** Sends a browser, in which somebody is signed in, to the platform and back; they agree to what they are asked. */
  async signIn(browser: HttpBrowser, scope = 'openid'): Promise<Tokens> {
    const verifier = randomBytes(32).toString('base64url');
    const code = await this.#codeFor(browser, scope, createHash('sha256').update(verifier).digest('base64url'));
    return this.redeem({
      grant_type: 'authorization_code',
      code,
      redirect_uri: this.#redirectUri,
      code_verifier: verifier,
    });
  }

  async redeem(parameters: Record<string, string>): Promise<Tokens> {
    const { clientId, clientSecret, issuer } = this.#app;
    const response = await fetch(`${issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams(parameters),
    });
    const answer = (await response.json()) as Record<string, string>;
    assert.equal(response.status, 200, JSON.stringify(answer));
    const { id_token: idToken = '', access_token: accessToken = '', refresh_token: refreshToken } = answer;
    const { sub = '', sid } = decodeJwt<{ sid?: string }>(idToken);
    return { idToken, accessToken, ...(refreshToken && { refreshToken }), sub, sid };
  }

  /** @returns where the browser is sent with prompt=none: an error, or a code */
  async silently(browser: HttpBrowser): Promise<URLSearchParams> {
    const page = await this.#authorize(browser, { scope: 'openid', prompt: 'none', code_challenge: 'x'.repeat(43) });
    return page.url.searchParams;
  }

  async #codeFor(browser: HttpBrowser, scope: string, challenge: string): Promise<string> {
    const prompt = scope.includes('offline_access') ? { prompt: 'consent' } : {};
    let page = await this.#authorize(browser, { scope, code_challenge: challenge, ...prompt });
    for (const step of ['/consent', '/continue']) {
      if (page.url.href.startsWith(this.#redirectUri)) break;
      if (page.html.includes(`${step}"`)) page = await browser.submit(page, step);
    }
    return page.url.searchParams.get('code') ?? assert.fail(`no code: ${page.heading} ${page.url.pathname}`);
  }

  #authorize(browser: HttpBrowser, parameters: Record<string, string>): Promise<Page> {
    const query = new URLSearchParams({
      client_id: this.#app.clientId,
      response_type: 'code',
      redirect_uri: this.#redirectUri,
      state: 's',
      nonce: 'n',
      code_challenge_method: 'S256',
      ...parameters,
    });
    return browser.follow(`${this.#app.issuer}/authorize?${query}`, this.#redirectUri);
  }
}
