import type { TestPlatform } from './test-platform.ts';

/** What came back of a call of the user API. */
export interface ApiResult {
  status: number;
  headers: Headers;
  text: string;
  /** Undefined without a body. */
  body: Record<string, unknown>;
}

export type ApiUser = Record<string, unknown> & { id: string };

/** A vendor's backend, with one secret key. */
export class ApiCaller {
  readonly #url: string;
  readonly #headers: Record<string, string>;

  constructor({ url }: Pick<TestPlatform, 'url'>, key: string) {
    this.#url = `${url}/1`;
    this.#headers = { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` };
  }

  get(path: string, headers: Record<string, string> = {}): Promise<ApiResult> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<ApiResult> {
    return this.send('POST', path, body, headers);
  }

  put(path: string, body: unknown, headers: Record<string, string> = {}): Promise<ApiResult> {
    return this.send('PUT', path, body, headers);
  }

  delete(path: string, headers: Record<string, string> = {}): Promise<ApiResult> {
    return this.send('DELETE', path, undefined, headers);
  }

  /** @param body a form as URLSearchParams, text as it is; else it becomes JSON */
  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<ApiResult> {
    const isForm = body instanceof URLSearchParams;
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        ...this.#headers,
        ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: isForm || typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed = text === '' ? undefined : JSON.parse(text);
    return { status: response.status, headers: response.headers, text, body: parsed as ApiResult['body'] };
  }

  /** Creates a user whom a test may rely on. @throws when it is refused */
  async createUser(user: Record<string, unknown> = {}): Promise<ApiUser> {
    const email = `user-${crypto.randomUUID()}@example.com`;
    const { status, body, text } = await this.post('/users', { email, password: PASSWORD, ...user });
    if (status !== 200) throw new Error(`${status} ${text}`);
    return body as ApiUser;
  }
}

/** Meets every rule. */
export const PASSWORD = 'an engine of difference';
