import type { AddressInfo } from 'node:net';
import { startTestIssuer, type TestIssuer } from '@signup-with-platform/client/testing';
import type { FastifyInstance } from 'fastify';
import { createStore, type StoreOptions } from './app.ts';
import { openDatabase } from './storage/database.ts';

export const CLIENT_ID = 'Zk3vQ8nT1xW6yB0cR5mH2jL9pD4sF7gA';

export interface TestStore {
  url: string;
  platform: TestIssuer;
  app: FastifyInstance;
  /** Queries the database, for what no page shows. */
  rows: (sql: string) => Record<string, unknown>[];
  logged: string[];
  [Symbol.asyncDispose]: () => Promise<void>;
}

/** Starts the store on a free port, with a test issuer as its platform. */
export async function startTestStore(options: Partial<StoreOptions> = {}): Promise<TestStore> {
  const platform = await startTestIssuer('/sandbox');
  const database = openDatabase();
  const logged: string[] = [];
  const app = createStore({
    platformUrl: new URL(platform.issuer).origin,
    issuer: platform.issuer,
    clientId: CLIENT_ID,
    database,
    logger: { level: 'info', stream: { write: (line: string) => void logged.push(line) } },
    ...options,
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    platform,
    app,
    rows: (sql) => database.prepare(sql).all(),
    logged,
    async [Symbol.asyncDispose]() {
      await app.close();
      await platform[Symbol.asyncDispose]();
    },
  };
}

/** A simulated browser: it keeps one cookie, follows redirects after a post, and posts forms. */
export class TestBrowser {
  readonly #url: string;
  cookie: string | undefined;
  /** From the last answer that set a cookie. */
  setCookie: string | undefined;

  constructor(store: TestStore) {
    this.#url = store.url;
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    // A request may also have a cookie that a script of the page has set.
    const cookies = [this.cookie, headers.get('cookie')].filter(Boolean);
    if (cookies.length > 0) headers.set('cookie', cookies.join('; '));
    const response = await fetch(`${this.#url}${path}`, { ...init, headers, redirect: 'manual' });
    const [setCookie] = response.headers.getSetCookie();
    if (setCookie) {
      this.setCookie = setCookie;
      this.cookie = setCookie.includes('Max-Age=0') ? undefined : setCookie.split(';')[0];
    }
    return response;
  }

  async get(path: string): Promise<string> {
    const response = await this.fetch(path);
    return response.text();
  }

  post(path: string, fields: Record<string, string>): Promise<Response> {
    return this.fetch(path, { method: 'POST', body: new URLSearchParams(fields) });
  }

  /** Opens the registration page. @returns its hidden fields */
  async openRegistration(): Promise<{ csrf: string; nonce: string }> {
    return hiddenFields(await this.get('/register'));
  }
}

export function hiddenFields(page: string): { csrf: string; nonce: string } {
  const value = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page)?.[1] ?? '';
  return { csrf: value('csrf'), nonce: value('nonce') };
}

export const JANE = {
  given_name: 'Jane',
  family_name: 'Doe',
  email: 'jane@example.com',
  phone_number: '+31 20 123 4567',
  street_address: 'Keizersgracht 12',
  postal_code: '1015 CN',
  locality: 'Amsterdam',
  region: '',
  country: 'NL',
};

/** The claims that the platform would send about Jane. */
export const JANE_CLAIMS = {
  aud: CLIENT_ID,
  sub: 'user_jane',
  name: 'Jane Doe',
  given_name: 'Jane',
  family_name: 'Doe',
  email: 'jane@example.com',
  email_verified: true,
};
