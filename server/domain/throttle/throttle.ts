import { hash } from 'node:crypto';
import type { Database } from '../../storage/database.ts';
import { createLimiter, type Limit, type Limiter, LimitState } from '../../storage/limiter.ts';

const MINUTE = 60;
const LIMITS = {
  /** Failed sign-ins with one email address. Slows guesses from many network addresses. */
  signInByEmail: { points: 10, duration: 15 * MINUTE },
  /** Failed sign-ins from one network address. Slows guesses at many accounts. The limit is high because offices share an address. */
  signInByAddress: { points: 100, duration: 15 * MINUTE },
  signUpByEmail: { points: 3, duration: 24 * 60 * MINUTE },
  signUpByAddress: { points: 100, duration: 60 * MINUTE },
  /** Mails about a forgotten password that one address gets, whoever asks. */
  resetByEmail: { points: 3, duration: 60 * MINUTE },
  resetByAddress: { points: 30, duration: 60 * MINUTE },
  /** Repeated confirmation mails for one account. */
  confirmAgain: { points: 3, duration: 60 * MINUTE },
  /** Email changes that one account requests, and mails about them that one address gets. */
  changeEmailByAccount: { points: 5, duration: 60 * MINUTE },
  changeEmailByEmail: { points: 3, duration: 24 * 60 * MINUTE },
  /** Failed sign-ins over the API, by app and signin_id, because the vendor's backend hides the network address of the guesser. */
  apiSignIn: { points: 10, duration: 15 * MINUTE },
  apiConfirm: { points: 10, duration: 15 * MINUTE },
  /** Mails about a forgotten password that one user of an app gets. */
  apiForgotPassword: { points: 3, duration: 60 * MINUTE },
  /** Failed calls of external_login. */
  externalLoginByClient: { points: 10, duration: 15 * MINUTE },
  externalLoginByAddress: { points: 100, duration: 15 * MINUTE },
  /** Calls of a vendor's sign-up endpoint for one user, so that nobody can make us flood it. */
  vendorSignup: { points: 10, duration: 15 * MINUTE },
  /** Invitations to work on apps, by inviter and by invited address. */
  inviteByAccount: { points: 30, duration: 24 * 60 * MINUTE },
  inviteByEmail: { points: 5, duration: 24 * 60 * MINUTE },
  /** Pictures that one account uploads. */
  pictureUpload: { points: 30, duration: 60 * MINUTE },
  /** Pages that one account makes us fetch, so that nobody can make us flood other servers. */
  examinePage: { points: 30, duration: 15 * MINUTE },
  /** Domains whose proof one account has us look for. */
  checkDomain: { points: 30, duration: 15 * MINUTE },
  /** Reviews that are asked for again, by app. */
  askForReview: { points: 5, duration: 24 * 60 * MINUTE },
  /** Checks for the widget's `debug` attribute, by network address. */
  widgetCheck: { points: 300, duration: 15 * MINUTE },
} satisfies Record<string, Limit>;

export type ThrottledAct = keyof typeof LIMITS;

/**
 * Limits attempts. It counts in PostgreSQL when there may be several processes, else in memory. Keys are hashed, so that the table does
 * not become a list of addresses.
 */
export class Throttle {
  readonly #limiters: Record<ThrottledAct, Limiter>;

  constructor(pool: Database['pool']) {
    this.#limiters = Object.fromEntries(
      Object.entries(LIMITS).map(([act, limit]) => [act, createLimiter(pool, act, limit)]),
    ) as Record<ThrottledAct, Limiter>;
  }

  /** Counts one attempt. @returns milliseconds to wait after too many attempts, else 0; always 0 without a key */
  async count(act: ThrottledAct, key: string | undefined): Promise<number> {
    if (key === undefined) return 0;
    try {
      await this.#limiters[act].consume(keyHash(key));
      return 0;
    } catch (refusal) {
      if (refusal instanceof LimitState) return Math.max(refusal.msBeforeNext, 1);
      throw refusal;
    }
  }

  /**
   * Reads the count without counting, for acts of which only failures are counted, after they have failed.
   * @returns the attempts so far, and milliseconds to wait after too many attempts, else 0; always 0 without a key
   */
  async look(act: ThrottledAct, key: string | undefined): Promise<{ attempts: number; waitMs: number }> {
    const state = key === undefined ? null : await this.#limiters[act].get(keyHash(key));
    // An expired counter may still exist for a moment.
    if (!state || state.msBeforeNext <= 0) return { attempts: 0, waitMs: 0 };
    const attempts = state.consumedPoints;
    return { attempts, waitMs: attempts < LIMITS[act].points ? 0 : state.msBeforeNext };
  }

  /** Subtracts one counted attempt, because it was not a guess. */
  async giveBack(act: ThrottledAct, key: string | undefined): Promise<void> {
    if (key !== undefined) await this.#limiters[act].reward(keyHash(key));
  }

  /** Resets the count, because the caller knew the secret. */
  async forget(act: ThrottledAct, key: string): Promise<void> {
    await this.#limiters[act].delete(keyHash(key));
  }
}

function keyHash(key: string): string {
  return hash('sha256', key, 'base64url');
}
