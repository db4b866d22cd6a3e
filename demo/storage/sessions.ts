import { createHash, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { CredentialPayload } from '@signup-with-platform/client';

export const VISITOR_SESSION_MS = 24 * 60 * 60_000;
export const CUSTOMER_SESSION_MS = 7 * 24 * 60 * 60_000;

/** What the welcome page tells about how the customer came. */
export interface SignUpStory {
  returning: boolean;
  /** The credential's claims, when it came with one. */
  claims?: CredentialPayload;
}

export interface Session {
  /** The table's key; the token itself is only in the browser's cookie. */
  tokenHash: string;
  /** Proves that a form was made for this session. */
  csrf: string;
  customerId?: string;
  story?: SignUpStory;
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');
const newToken = () => randomBytes(32).toString('base64url');

/** Knows the table of sessions. A token is never upgraded: signing in makes a new one and forgets the old (session fixation). */
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

  /** For a visitor who may fill in a form. */
  startVisit(): { token: string; session: Session } {
    return this.#start(VISITOR_SESSION_MS);
  }

  /** For a customer who just signed up or in, in place of the visitor's session. */
  signIn(previous: Session, customerId: string, story: SignUpStory): { token: string; session: Session } {
    this.end(previous);
    return this.#start(CUSTOMER_SESSION_MS, customerId, story);
  }

  end(session: Session): void {
    this.#database.prepare('DELETE FROM sessions WHERE token_hash = ?').run(session.tokenHash);
  }

  #start(lifetimeMs: number, customerId?: string, story?: SignUpStory): { token: string; session: Session } {
    const nowMs = Date.now();
    // Each new session sweeps the dead ones, so that the table needs no timer.
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
