import type { Realm } from '@signup-with-platform/protocol';
import { MANAGEMENT_SCOPES, type NewManagementKey } from '#storage/management-keys.ts';
import type { TestPlatform } from '#testing/test-platform.ts';
import { MANAGEMENT_BASE } from '../route.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Empty when the body is no JSON object. */
  readonly json: Readonly<Record<string, unknown>>;
}

export interface Sent {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The operator's backend: a key, and calls with it. */
export class Backend {
  readonly key: string;
  readonly keyId: string;
  readonly platform: TestPlatform;

  private constructor(platform: TestPlatform, { id, key }: { id: string; key: string }) {
    this.platform = platform;
    this.key = key;
    this.keyId = id;
  }

  /** By default a key that may do everything. */
  static async create(
    platform: TestPlatform,
    realm: Realm = 'production',
    more: Partial<NewManagementKey> = {},
  ): Promise<Backend> {
    const made = await platform.storage.managementKeys.create({
      realm,
      name: 'CRM',
      scopes: [...MANAGEMENT_SCOPES],
      ...more,
    });
    return new Backend(platform, made);
  }

  /** @param path below the API's base, or a whole URL */
  async send(method: string, path: string, { body, headers = {} }: Sent = {}): Promise<Answer> {
    const isForm = body instanceof FormData;
    const response = await fetch(path.startsWith('http') ? path : `${this.platform.url}${MANAGEMENT_BASE}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: isForm || typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : {} };
  }

  get(path: string, sent?: Sent): Promise<Answer> {
    return this.send('GET', path, sent);
  }

  post(path: string, body: unknown = {}, headers: Sent['headers'] = {}): Promise<Answer> {
    return this.send('POST', path, { body, headers });
  }

  patch(path: string, body: unknown, headers: Sent['headers'] = {}): Promise<Answer> {
    return this.send('PATCH', path, { body, headers });
  }

  /** What the audit log has of this key, without what is counted by the hour. */
  async acts(): Promise<[act: string, subject: string | undefined][]> {
    const entries = await this.platform.storage.auditLog.list({ actor: `management-key:${this.keyId}`, limit: 1_000 });
    return entries.map(({ act, subject }) => [act, subject]);
  }
}
