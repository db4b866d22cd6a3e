import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Session } from './sessions.ts';

/** Longer than somebody may sit at the popup (an hour) and then at the form, for as long as the credential lives (an hour). */
export const NONCE_LIFETIME_MS = 3 * 60 * 60_000;
/** The number of tabs that can be open at a time. The oldest nonce is deleted beyond it, so that reloading cannot fill the table. */
export const MAX_NONCES_PER_SESSION = 20;

/**
 * The repository of nonces. Each binds one credential to one view of the registration page in one browser
 * (OpenID Connect Core 1.0 section 15.5.2).
 */
export class Nonces {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  issue(session: Session): string {
    const nonce = randomBytes(24).toString('base64url');
    this.#database
      .prepare('INSERT INTO nonces (nonce, token_hash, expires_at_ms) VALUES (?, ?, ?)')
      .run(nonce, session.tokenHash, Date.now() + NONCE_LIFETIME_MS);
    this.#database
      .prepare(
        `DELETE FROM nonces WHERE token_hash = ? AND nonce NOT IN
           (SELECT nonce FROM nonces WHERE token_hash = ? ORDER BY expires_at_ms DESC, rowid DESC LIMIT ?)`,
      )
      .run(session.tokenHash, session.tokenHash, MAX_NONCES_PER_SESSION);
    return nonce;
  }

  /** True once, for an unused nonce of this session that has not expired. It is one statement, so that two requests cannot both succeed. */
  consume(session: Session, nonce: string): boolean {
    const { changes } = this.#database
      .prepare('DELETE FROM nonces WHERE nonce = ? AND token_hash = ? AND expires_at_ms > ?')
      .run(nonce, session.tokenHash, Date.now());
    return changes === 1;
  }
}
