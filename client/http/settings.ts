import type { Environment } from '@signup-with-platform/protocol';

/** For all calls of one client. */
export interface ClientOptions {
  /** The platform's address, e.g. `https://platform.example`. Default: the environment variable PLATFORM_URL. */
  baseUrl?: string | undefined;
  /** For each attempt, until the last byte of its answer, in milliseconds. Default 10 000. */
  timeoutMs?: number | undefined;
  /** How often a failed call is sent again, when that is safe and may help. Default 2, at most 10. */
  maxRetries?: number | undefined;
  /** Used instead of the global `fetch`, e.g. one bound to a proxy. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Instead of a secret key: logs in with external_login, and again before the token expires. */
  clientId?: string | undefined;
  clientSecret?: string | undefined;
  /** Of the `clientId`. */
  environment?: Environment | undefined;
  /** A secret in a page is everybody's. Only for tools that no stranger opens, and for tests with a simulated DOM. */
  dangerouslyAllowBrowser?: boolean | undefined;
  /** Sends a live secret unencrypted to another machine. Only within a network that is encrypted by other means. */
  dangerouslyAllowInsecureHttp?: boolean | undefined;
}

/** For one call. */
export interface RequestOptions {
  /** Ends the call, its retries included; the call then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  timeoutMs?: number | undefined;
  maxRetries?: number | undefined;
}

export type Credentials =
  | { kind: 'key'; secretKey: string }
  | { kind: 'client'; clientId: string; clientSecret: string; environment: Environment };

/** {@link ClientOptions}, checked. */
export interface Settings {
  /** Without a slash at the end. */
  baseUrl: string;
  timeoutMs: number;
  maxRetries: number;
  fetch: typeof globalThis.fetch;
  credentials: Credentials;
}
