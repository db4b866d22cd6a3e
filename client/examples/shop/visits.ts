import { randomBytes } from 'node:crypto';

const LIFETIME_SECONDS = 900;
const MAX_VISITS = 10_000;

/**
 * Keeps the nonce of each browser's page. It does so in memory, which is enough for an example with one process; a real shop keeps the
 * nonce in the session that it has anyway.
 */
export class Visits {
  readonly #nonces = new Map<string, { nonce: string; expiresAtMs: number }>();

  /** @returns the cookie to set, and the nonce for this page view */
  begin(): { cookie: string; nonce: string } {
    const [id, nonce] = [randomBytes(24).toString('base64url'), randomBytes(24).toString('base64url')];
    const [oldest] = this.#nonces.keys();
    if (this.#nonces.size >= MAX_VISITS && oldest !== undefined) this.#nonces.delete(oldest);
    this.#nonces.set(id, { nonce, expiresAtMs: Date.now() + LIFETIME_SECONDS * 1_000 });
    // Over https, add Secure and use the name __Host-visit.
    return { cookie: `visit=${id}; HttpOnly; SameSite=Lax; Path=/; Max-Age=${LIFETIME_SECONDS}`, nonce };
  }

  /** The nonce of this browser's page. It is forgotten now, so it works once. */
  takeNonce(cookieHeader: string | undefined): string | undefined {
    const id = /(?:^|;\s*)visit=([\w-]+)/.exec(cookieHeader ?? '')?.[1] ?? '';
    const visit = this.#nonces.get(id);
    this.#nonces.delete(id);
    return visit && visit.expiresAtMs > Date.now() ? visit.nonce : undefined;
  }
}
