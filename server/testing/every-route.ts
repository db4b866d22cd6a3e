import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance, RouteOptions } from 'fastify';
import type { AppOptions } from '../app.ts';
import { hashPassword } from '../domain/accounts/passwords.ts';
import type { AppSecrets } from '../storage/app-environments.ts';
import type { HttpBrowser, Page } from './http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from './test-platform.ts';

export const EMAIL = 'ada@example.com';
export const PASSWORD = 'an engine of difference';
/** Far above what anything may take. Without it, an answer that never comes would hold the tests up. */
const TIMEOUT_MS = 60_000;

interface Route {
  name: string;
  method: string;
  url: string;
}

/** A platform with somebody in it, and the routes that it has registered. */
export class EveryRoute {
  readonly routes: Route[] = [];
  platform!: TestPlatform;
  app!: AppSecrets;
  /** Signed in to the account pages. */
  browser!: HttpBrowser;
  /** Where somebody else has opened the popup and is about to sign in. */
  stranger!: HttpBrowser;
  popup!: Page;
  #csrf = '';
  #csrfOfCode = '';

  async start(env: Record<string, string>, options: AppOptions = {}): Promise<void> {
    const listen = (message: unknown) => {
      const { fastify } = message as { fastify: FastifyInstance };
      fastify.addHook('onRoute', (route) => this.#note(route));
    };
    subscribe('fastify.initialization', listen);
    this.platform = await startTestPlatform(env, options);
    unsubscribe('fastify.initialization', listen);

    const { storage } = this.platform;
    this.app = await storage.apps.create({ name: 'Shop', environment: 'production', origins: [SHOP_ORIGIN] });
    const passwordHash = await hashPassword(PASSWORD);
    const { accounts } = storage.realm('production');
    const { id } = await accounts.create({ email: EMAIL, emailVerified: true, givenName: 'Ada', passwordHash });
    await storage.appMembers.put(this.app.appId, id, 'owner');
    this.popup = await this.openPopup();
    this.browser = this.platform.browser();
    const form = await this.browser.get('/account/sign-in');
    const home = await this.browser.submit(form, '/account/sign-in', { email: EMAIL, password: PASSWORD });
    this.#csrf = String(home.form('/sign-out').values['csrf']);
  }

  /** In a new browser, whose cookies are sent with every request to the popup's steps. */
  async openPopup(): Promise<Page> {
    this.stranger = this.platform.browser();
    return this.stranger.openPopup(this.popupRequest);
  }
  /** Asks every route once, all at the same time. @returns what each answered */
  async askAll(): Promise<Map<string, Response>> {
    const answers = await Promise.all(this.routes.map(async (route) => [route.name, await this.ask(route)] as const));
    return new Map(answers);
  }

  ask({ method, url }: Route): Promise<Response> {
    const path = this.#pathOf(url);
    const browser = url.startsWith('/interaction') ? this.stranger : this.browser;
    return fetch(this.platform.url + path, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        cookie: browser.cookieHeader(path.replace(/\?.*/, '')),
        accept: 'text/html,application/json',
        'x-api-key': this.app.apiKey,
        ...(url === '/userinfo' && { authorization: 'Bearer x', accept: 'application/json' }),
        ...(url === '/token' && { authorization: this.#basic, accept: 'application/json' }),
        ...(url.startsWith('/fedcm') && { 'sec-fetch-dest': 'webidentity' }),
        ...(method !== 'GET' && { origin: this.platform.url, 'content-type': this.#typeOf(url) }),
      },
      ...(method !== 'GET' && { body: this.#bodyOf(url) }),
    });
  }

  #note({ method, url }: RouteOptions): void {
    for (const each of [method].flat()) {
      const route = { name: `${each} ${url}`, method: each, url };
      const isKnown = this.routes.some(({ name }) => name === route.name);
      if (['GET', 'POST', 'PUT', 'DELETE'].includes(each) && !isKnown) this.routes.push(route);
    }
  }

  get #basic(): string {
    const { clientId, clientSecret } = this.app;
    return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  }

  get popupRequest() {
    return { client_id: this.app.clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' };
  }

  #pathOf(url: string): string {
    const [, uid = 'unknown'] = /interaction\/([\w-]+)/.exec(this.popup.form('/sign-in').action) ?? [];
    const path = url
      .replace(':uid', uid)
      .replace(':appId', this.app.appId)
      .replace(':environment', 'production')
      .replaceAll(/:\w+/g, 'unknown-unknown')
      .replace('*', 'unknown');
    if (url === '/popup' || url === '/widget/check') return `${path}?${new URLSearchParams(this.popupRequest)}`;
    return path === '/authorize' ? `${path}?client_id=${this.app.clientId}` : path;
  }

  #typeOf(url: string): string {
    return /^\/(1|embed|custom_api)\//.test(url) ? 'application/json' : 'application/x-www-form-urlencoded';
  }

  #bodyOf(url: string): string {
    const { clientId: client_id, clientSecret: client_secret } = this.app;
    if (url.startsWith('/embed'))
      return JSON.stringify({ userName: 'grace@example.com', password: 'a compiler of her own', language: 'en' });
    if (url.startsWith('/custom_api')) return JSON.stringify({ client_id, client_secret, environment: 'production' });
    if (url.startsWith('/1/'))
      return JSON.stringify({
        email: 'grace@example.com',
        signin_id: 'grace@example.com',
        password: PASSWORD,
        id: 'x',
      });
    const csrf = url.startsWith('/interaction') ? String(this.popup.form('/sign-in').values['csrf']) : this.#csrf;
    const code = 'x';
    const token = url === '/confirm-email' ? this.#csrfOfCode : csrf;
    return new URLSearchParams({
      csrf: token,
      code,
      grant_type: 'authorization_code',
      email: EMAIL,
      password: PASSWORD,
      name: 'A',
    }).toString();
  }

  /** The page behind a link of a mail needs no database. */
  async openMail(): Promise<void> {
    const page = await this.browser.get('/confirm-email?code=x');
    this.#csrfOfCode = String(page.form('/confirm-email').values['csrf']);
  }
}
