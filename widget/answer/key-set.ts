import { CREDENTIAL_ALG, type WidgetErrorCode } from '@signup-with-platform/protocol';
import type { JWK } from 'jose';

/** A platform that takes longer is not expected to answer. */
const TIMEOUT_MS = 30_000;
/** Keys that were fetched longer ago are fetched again, because one of them may have been withdrawn. */
const FRESH_MS = 600_000;
/** In characters. A key has some hundred. */
const MAX_LENGTH = 100_000;

/** Why a credential cannot be used. `code` is one of the widget's error codes. */
export class CredentialError extends Error {
  readonly code: WidgetErrorCode;
  constructor(code: WidgetErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** Fetches what a page may read. */
export type Request = (url: string, init: RequestInit) => Promise<Response>;

/** The keys that an issuer publishes (RFC 7517). */
export class KeySet {
  readonly #url: string;
  readonly #request: Request;
  #keys: readonly unknown[] = [];
  #fetchedAtMs = -Infinity;
  #loading: Promise<void> | undefined;

  constructor(url: string, request: Request) {
    this.#url = url;
    this.#request = request;
  }

  /**
   * The key that credentials are signed with. For an unknown one, the keys are fetched once more, because it may be new.
   *
   * @param kid of the credential's header
   * @throws CredentialError `keys_unavailable`, or `invalid_credential` when the issuer does not publish the key
   */
  async find(kid: string | undefined): Promise<JWK> {
    if (performance.now() - this.#fetchedAtMs > FRESH_MS) await this.load();
    if (!this.#pick(kid)) await this.load();
    const key = this.#pick(kid);
    if (key) return key;
    throw new CredentialError(
      'invalid_credential',
      `The credential is signed with a key that is not at ${this.#url}: ${kid}.`,
    );
  }

  /** Fetches the keys, with one request at a time. */
  load(): Promise<void> {
    this.#loading ??= this.#fetch().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #fetch(): Promise<void> {
    try {
      const response = await this.#request(this.#url, {
        signal: AbortSignal.timeout(TIMEOUT_MS),
        redirect: 'manual',
      });
      const text = await response.text();
      if (response.status !== 200 || text.length > MAX_LENGTH) throw new Error(`It answered ${response.status}.`);
      const { keys } = JSON.parse(text) as { keys?: unknown };
      if (!Array.isArray(keys)) throw new Error('It answered no keys.');
      this.#keys = keys;
      this.#fetchedAtMs = performance.now();
    } catch (error) {
      const message = `The keys at ${this.#url} could not be fetched. Does connect-src allow it?`;
      throw new CredentialError('keys_unavailable', message, error);
    }
  }

  #pick(kid: string | undefined): JWK | undefined {
    return this.#keys.find((key): key is JWK => isForCredentials(key) && key.kid === kid);
  }
}

function isForCredentials(key: unknown): key is JWK & { readonly kid: string } {
  const { kid, alg, kty, use }: JWK = { ...(key as object) };
  return typeof kid === 'string' && alg === CREDENTIAL_ALG && kty === 'EC' && use === 'sig';
}
