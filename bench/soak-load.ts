import { connect } from 'node:net';
import type { AppSecrets } from '../server/storage/app-environments.ts';
import type { Storage } from '../server/storage/index.ts';
import { HttpBrowser, type Page } from '../server/testing/http-journey.ts';

const ORIGIN = 'http://localhost:1';
const MAX_FAILURES = 50;
/** What the shop asks for, of whoever has not told it before. */
const NAME = { given_name: 'Sonja', family_name: 'Oak' };

type Act = (worker: Worker) => Promise<void>;

interface Worker {
  /** Of a customer who comes back. */
  readonly browser: HttpBrowser;
  readonly number: number;
}

/** What people, vendors and strangers do to a platform, mixed. One act in twenty is hostile. */
export class SoakLoad {
  static readonly PASSWORD = 'correct horse battery staple';
  readonly #url: string;
  readonly #sandbox: AppSecrets;
  readonly #production: AppSecrets;
  #people = 0;
  requests = 0;
  hostile = 0;
  /** Answers that say that the server failed, and acts that did not end as they should. */
  failures: string[] = [];

  private constructor(url: string, sandbox: AppSecrets, production: AppSecrets) {
    this.#url = url;
    this.#sandbox = sandbox;
    this.#production = production;
  }

  static async create(url: string, storage: Storage, passwordHash: string): Promise<SoakLoad> {
    const newApp = (environment: 'localhost' | 'production') =>
      storage.apps.create({ name: 'Soak Shop', environment, origins: [ORIGIN] });
    const person = { email: 'regular@example.com', emailVerified: true, passwordHash, givenName: 'Rita' };
    await storage.realm('production').accounts.create(person);
    return new SoakLoad(url, await newApp('localhost'), await newApp('production'));
  }

  reset(): void {
    this.requests = 0;
    this.hostile = 0;
    this.failures = [];
  }

  async run(durationMs: number, workers: number): Promise<void> {
    const endsAt = Date.now() + durationMs;
    const work = async (number: number) => {
      const worker = { browser: new HttpBrowser(this.#url), number };
      for (let turn = number; Date.now() < endsAt; turn += 1) await this.#do(this.#actAt(turn), worker);
    };
    await Promise.all(Array.from({ length: workers }, (_, number) => work(number)));
  }

  /** In twenty turns: nine customers who come back, five of vendors' backends, three with a password, two newcomers, one stranger. */
  #actAt(turn: number): Act {
    const acts: readonly Act[] = [
      ...Array.from({ length: 9 }, () => this.#comeBack),
      ...Array.from({ length: 5 }, () => this.#callApi),
      this.#signIn,
      this.#signIn,
      this.#signUp,
      this.#meet,
      this.#meet,
    ];
    return acts[(turn * 7) % 20] ?? this.#attack;
  }

  async #do(act: Act, worker: Worker): Promise<void> {
    this.requests += 1;
    try {
      await act.call(this, worker);
    } catch (error) {
      if (this.failures.length < MAX_FAILURES) this.failures.push(String(error).slice(0, 200));
    }
  }

  /** Somebody who has agreed before; after two months away, they sign in again. */
  async #comeBack({ browser }: Worker): Promise<void> {
    const page = await this.#open(browser, this.#sandbox);
    if (page.delivery) return;
    await this.#deliver(await browser.submit(page, '/persona', { persona: 'complete' }), browser);
  }

  async #meet(): Promise<void> {
    const browser = new HttpBrowser(this.#url);
    const page = await browser.submit(await this.#open(browser, this.#sandbox), '/persona', { persona: 'newcomer' });
    await this.#deliver(page, browser);
  }

  async #signIn(): Promise<void> {
    const browser = new HttpBrowser(this.#url);
    const values = { email: 'regular@example.com', password: SoakLoad.PASSWORD };
    await this.#deliver(await browser.submit(await this.#open(browser, this.#production), '/sign-in', values), browser);
  }

  async #signUp(): Promise<void> {
    const browser = new HttpBrowser(this.#url);
    const page = await this.#open(browser, this.#production);
    const form = await browser.get(page.signUpAddress);
    this.#people += 1;
    const email = `soak-${this.#people}-${Date.now()}@example.com`;
    await this.#deliver(await browser.submit(form, '/sign-up', { email, password: SoakLoad.PASSWORD }), browser);
  }

  #open(browser: HttpBrowser, { clientId }: AppSecrets): Promise<Page> {
    return browser.openPopup({ client_id: clientId, origin: ORIGIN, state: 's', nonce: 'n' });
  }

  async #deliver(page: Page, browser: HttpBrowser): Promise<void> {
    if (page.status >= 500) throw new Error(`${page.status} ${page.url.pathname}`);
    const last = page.delivery ? page : await browser.submit(page, '/consent', NAME);
    if (!last.message.credential) throw new Error(`no credential at ${last.url.pathname}`);
  }

  async #callApi(): Promise<void> {
    const { clientId, clientSecret } = this.#sandbox;
    const login = { client_id: clientId, client_secret: clientSecret, environment: 'localhost' };
    const { data } = await this.#json('/custom_api/external_login', { body: new URLSearchParams(login) });
    const authorization = `Bearer ${(data as { token: string }).token}`;
    this.#people += 1;
    const email = `user-${this.#people}-${Date.now()}@example.com`;
    const body = new URLSearchParams({ email, password: SoakLoad.PASSWORD });
    const user = await this.#json('/1/users', { headers: { authorization }, body });
    const path = `/1/users/${String(user['id'])}`;
    await this.#json(path, { method: 'GET', headers: { authorization } });
    await this.#json('/1/users?limit=5', { method: 'GET', headers: { authorization } });
    await this.#json(path, { method: 'DELETE', headers: { authorization } });
  }

  async #json(path: string, init: RequestInit): Promise<Record<string, unknown>> {
    const response = await fetch(this.#url + path, { method: 'POST', ...init });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${response.status} ${path} ${JSON.stringify(answer)}`);
    return answer;
  }

  /** One of many bad requests, of which none may fail on the server's side. */
  async #attack(): Promise<void> {
    const number = this.hostile++;
    const { clientId } = this.#sandbox;
    const json = { 'content-type': 'application/json', 'x-api-key': this.#sandbox.apiKey };
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const attacks: readonly [path: string, init: RequestInit][] = [
      ['/1/users', { method: 'POST', headers: json, body: '{"email":' }],
      ['/1/users', { method: 'POST', headers: json, body: '['.repeat(5_000) }],
      ['/1/users', { method: 'POST', headers: json, body: 'x'.repeat(200_000) }],
      ['/1/users', { method: 'POST', headers: json, body: Buffer.from('{"email":"\xfc@example.com"}', 'latin1') }],
      ['/1/users', { method: 'POST', headers: { 'content-type': 'application/json' }, body: 'x'.repeat(2_000_000) }],
      ['/1/users?Email=x&email[]=y', { headers: json }],
      ['/1/users/..%2f..%2f', { headers: json }],
      ['/custom_api/external_login', { method: 'POST', headers: form, body: `client_id=${clientId}&client_secret=x` }],
      ['/account/sign-in', { method: 'POST', headers: form, body: 'csrf=x&email=%ff' }],
      ['/account/profile/picture', { method: 'POST', headers: form, body: 'x'.repeat(500_000) }],
      ['/interaction/x/consent', { method: 'POST', headers: { ...form, origin: this.#url }, body: 'csrf=x' }],
      [`/popup?client_id=${clientId}&origin=https%3A%2F%2Fevil.example&state=${'s'.repeat(3_000)}`, {}],
      [`/authorize?client_id=${clientId}&response_type=code&scope=${'openid%20'.repeat(500)}`, {}],
      ['/confirm-email?code=%00', {}],
      ['/token', { method: 'POST', headers: form, body: `grant_type=password&client_id=${clientId}` }],
      ['/%', {}],
    ];
    const [path, init = {}] = attacks[number % (attacks.length + 1)] ?? [];
    if (path === undefined) return this.#leaveHalfWay();
    // On a connection of its own, because the server may close it before it has read everything.
    const headers = { connection: 'close', ...init.headers } as Record<string, string>;
    const response = await fetch(this.#url + path, { redirect: 'manual', ...init, headers }).catch(() => undefined);
    // A connection that the server ends because nobody reads that much is an answer, too.
    await response?.body?.cancel();
    if (response && response.status >= 500) throw new Error(`${response.status} ${path.slice(0, 60)}`);
  }

  /** Sends half of a request, and goes. */
  #leaveHalfWay(): Promise<void> {
    const { port } = new URL(this.#url);
    return new Promise((resolve) => {
      const socket = connect(Number(port), 'localhost', () => {
        socket.write('POST /1/users HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf', () => socket.destroy());
      });
      socket.once('error', () => resolve());
      socket.once('close', () => resolve());
    });
  }
}
