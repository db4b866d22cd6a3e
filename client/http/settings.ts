import type { Environment } from '@signup-with-platform/protocol';

/** Options for all calls of one client. */
export interface ClientOptions {
  /** The platform's address, e.g. `https://platform.example`. Default: the environment variable PLATFORM_URL. */
  baseUrl?: string | undefined;
  /** Limit for each attempt, until the last byte of its answer, in milliseconds. Default 10 000. */
  timeoutMs?: number | undefined;
  /** How often a failed call is sent again, when that is safe and may help. Default 2, at most 10. */
  maxRetries?: number | undefined;
  /** Used instead of the global `fetch`, e.g. one bound to a proxy. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Used instead of a secret key, to log in with external_login, and again before the token expires. */
  clientId?: string | undefined;
  clientSecret?: string | undefined;
  /** The environment that the `clientId` belongs to. */
  environment?: Environment | undefined;
  /** Everybody can read a secret in a page. Set this only for tools that no stranger opens, and for tests with a simulated DOM. */
  dangerouslyAllowBrowser?: boolean | undefined;
  /** Sends a live secret unencrypted to another machine. Set this only within a network that is encrypted by other means. */
  dangerouslyAllowInsecureHttp?: boolean | undefined;
}

/** Options for one call. */
export interface RequestOptions {
  /** Ends the call and its retries. The call then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  timeoutMs?: number | undefined;
  maxRetries?: number | undefined;
}

export type Credentials =
  | { kind: 'key'; secretKey: string }
  | { kind: 'client'; clientId: string; clientSecret: string; environment: Environment };

/** {@link ClientOptions} after they were checked. */
export interface Settings {
  /** The platform's address, without a slash at the end. */
  baseUrl: string;
  timeoutMs: number;
  maxRetries: number;
  fetch: typeof globalThis.fetch;
  credentials: Credentials;
}
