import { hash } from 'node:crypto';
import type { Database } from '../../storage/database.ts';
import { createLimiter, type Limit, type Limiter, LimitState } from '../../storage/limiter.ts';

const MINUTE = 60;
const LIMITS = {
  /** Failed sign-ins against one email address: slows a guesser wherever the guesses come from. */
  signInByEmail: { points: 10, duration: 15 * MINUTE },
  /** Failed sign-ins from one network address: slows one who tries many accounts. Offices share an address. */
  signInByAddress: { points: 100, duration: 15 * MINUTE },
  signUpByEmail: { points: 3, duration: 24 * 60 * MINUTE },
  signUpByAddress: { points: 100, duration: 60 * MINUTE },
  /** Mails about a forgotten password: nobody gets more than these, whoever asks. */
  resetByEmail: { points: 3, duration: 60 * MINUTE },
  resetByAddress: { points: 30, duration: 60 * MINUTE },
  /** Mails that confirm the address of one account, again. */
  confirmAgain: { points: 3, duration: 60 * MINUTE },
  /** Changes of address that one account asks for, and mails about them that one address gets. */
  changeEmailByAccount: { points: 5, duration: 60 * MINUTE },
  changeEmailByEmail: { points: 3, duration: 24 * 60 * MINUTE },
  /** Failed sign-ins of a vendor's user, by app and signin_id: the vendor's backend stands between us and the guesser's address. */
  apiSignIn: { points: 10, duration: 15 * MINUTE },
  apiConfirm: { points: 10, duration: 15 * MINUTE },
  /** Mails that a vendor's user gets without having asked for them, at most. */
  apiForgotPassword: { points: 3, duration: 60 * MINUTE },
  /** Failed logins of an app's backend. */
  externalLoginByClient: { points: 10, duration: 15 * MINUTE },
  externalLoginByAddress: { points: 100, duration: 15 * MINUTE },
  /** Calls of a vendor's own sign-up endpoint on behalf of one user, so that nobody can make us flood it. */
  vendorSignup: { points: 10, duration: 15 * MINUTE },
  /** Invitations to work on apps: by who invites, and by the address that gets the mail. */
  inviteByAccount: { points: 30, duration: 24 * 60 * MINUTE },
  inviteByEmail: { points: 5, duration: 24 * 60 * MINUTE },
  /** Pictures that one account has us work on. */
  pictureUpload: { points: 30, duration: 60 * MINUTE },
  /** Pages that one account has us fetch, so that nobody can make us flood other servers. */
  examinePage: { points: 30, duration: 15 * MINUTE },
  /** Questions of the widget's `debug` attribute, from one network address. */
  widgetCheck: { points: 300, duration: 15 * MINUTE },
} satisfies Record<string, Limit>;

export type ThrottledAct = keyof typeof LIMITS;

/**
 * Counts attempts, in PostgreSQL when there may be several processes, else in memory. Keys are hashed: the table is no list of
 * addresses.
 */
export class Throttle {
  readonly #limiters: Record<ThrottledAct, Limiter>;

  constructor(pool: Database['pool']) {
    this.#limiters = Object.fromEntries(
      Object.entries(LIMITS).map(([act, limit]) => [act, createLimiter(pool, act, limit)]),
    ) as Record<ThrottledAct, Limiter>;
  }

  /** Counts one attempt. @returns milliseconds to wait when there have been too many, else 0 (always, without a key) */
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
   * How things stand, without counting; for acts of which only the failures are counted, once they have failed.
   * @returns the attempts so far, and milliseconds to wait when there have been too many, else 0 (always, without a key)
   */
  async look(act: ThrottledAct, key: string | undefined): Promise<{ attempts: number; waitMs: number }> {
    const state = key === undefined ? null : await this.#limiters[act].get(keyHash(key));
    // A counter that has run out may be there still for a moment.
    if (!state || state.msBeforeNext <= 0) return { attempts: 0, waitMs: 0 };
    const attempts = state.consumedPoints;
    return { attempts, waitMs: attempts < LIMITS[act].points ? 0 : state.msBeforeNext };
  }

  /** Takes one counted attempt back, because it was not a guess. */
  async giveBack(act: ThrottledAct, key: string | undefined): Promise<void> {
    if (key !== undefined) await this.#limiters[act].reward(keyHash(key));
  }

  /** Resets the count, because somebody knew the secret. */
  async forget(act: ThrottledAct, key: string): Promise<void> {
    await this.#limiters[act].delete(keyHash(key));
  }
}

function keyHash(key: string): string {
  return hash('sha256', key, 'base64url');
}
