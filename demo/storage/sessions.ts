import { createHash, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { CredentialPayload } from '@signup-with-platform/client';

export const VISITOR_SESSION_MS = 24 * 60 * 60_000;
export const CUSTOMER_SESSION_MS = 7 * 24 * 60 * 60_000;

/** What the welcome page says about how the customer signed up. */
export interface SignUpStory {
  returning: boolean;
  /** The credential's claims, if there was a credential. */
  claims?: CredentialPayload;
}

export interface Session {
  /** The key of the table. The token itself is only in the browser's cookie. */
  tokenHash: string;
  /** Proves that a form was made for this session. */
  csrf: string;
  customerId?: string;
  story?: SignUpStory;
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');
const newToken = () => randomBytes(32).toString('base64url');

/** The repository of sessions. Signing in makes a new token and deletes the old one, because of session fixation. */
export class Sessions {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  find(token: string): Session | undefined {
    const row = this.#database
      .prepare('SELECT * FROM sessions WHERE token_hash = ? AND expires_at_ms > ?')
      .get(hashOf(token), Date.now());
    if (!row) return undefined;
    return {
      tokenHash: String(row['token_hash']),
      csrf: String(row['csrf']),
      ...(row['customer_id'] !== null && { customerId: String(row['customer_id']) }),
      ...(row['sign_up'] !== null && { story: JSON.parse(String(row['sign_up'])) as SignUpStory }),
    };
  }

  /** Starts a session for a visitor who may fill in a form. */
  startVisit(): { token: string; session: Session } {
    return this.#start(VISITOR_SESSION_MS);
  }

  /** Replaces the visitor's session with one for the customer who just signed up or in. */
  signIn(previous: Session, customerId: string, story: SignUpStory): { token: string; session: Session } {
    this.end(previous);
    return this.#start(CUSTOMER_SESSION_MS, customerId, story);
  }

  end(session: Session): void {
    this.#database.prepare('DELETE FROM sessions WHERE token_hash = ?').run(session.tokenHash);
  }

  #start(lifetimeMs: number, customerId?: string, story?: SignUpStory): { token: string; session: Session } {
    const nowMs = Date.now();
    // Each new session deletes the expired ones, so that no timer is needed.
    this.#database.prepare('DELETE FROM sessions WHERE expires_at_ms <= ?').run(nowMs);
    const token = newToken();
    const session: Session = {
      tokenHash: hashOf(token),
      csrf: newToken(),
      ...(customerId !== undefined && { customerId }),
      ...(story && { story }),
    };
    this.#database
      .prepare('INSERT INTO sessions (token_hash, csrf, customer_id, sign_up, expires_at_ms) VALUES (?, ?, ?, ?, ?)')
      .run(
        session.tokenHash,
        session.csrf,
        customerId ?? null,
        story ? JSON.stringify(story) : null,
        nowMs + lifetimeMs,
      );
    return { token, session };
  }
}
