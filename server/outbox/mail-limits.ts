import { hash } from 'node:crypto';
import type { Database } from '../storage/database.ts';
import { createLimiter, type Limiter, LimitState } from '../storage/limiter.ts';

const DAY_SECONDS = 24 * 60 * 60;
const DAY_MS = DAY_SECONDS * 1000;

/** Which part of an established app's mails a younger one may cause, by its days in production. */
const SHARES: readonly { belowDays: number; share: number }[] = [
  { belowDays: 1, share: 1 / 100 },
  { belowDays: 7, share: 1 / 20 },
  { belowDays: 30, share: 1 / 5 },
];
/** From this age on, an app counts alone what a person is mailed. */
const YOUNG_DAYS = 30;
/** How many mails one address gets a day: by one app, and by all young apps together. */
const PER_RECIPIENT = 20;
const PER_RECIPIENT_OF_YOUNG_APPS = 40;
/** A mail counts so many times for the domain of its recipient: of an app's mails, half may go to one domain. */
const COST_OF_DOMAIN = 2;
/** How many mails of the sandbox one member of the app gets a day. The others are only in the inbox. */
const PER_MEMBER = 50;

/** Thrown when no further mail may be sent; nothing has been stored. */
export class MailLimitError extends Error {
  override name = 'MailLimitError';
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super('the limit of mails has been reached');
    this.retryAfterMs = retryAfterMs;
  }
}

interface Counter {
  limiter: Limiter;
  key: string;
  cost: number;
}

/** A mail that has been counted. */
export interface CountedMail {
  /**
   * Takes back what the app has paid, because nothing was sent after all. What the recipient has been counted stays, so that the limits do
   * not tell whether there was anybody to mail.
   */
  giveBack(): Promise<void>;
}

/**
 * Limits what apps cause to be mailed within a day: by app, by recipient, and by domain of the recipient, so that a new app cannot become a
 * sender of mass mail overnight. The keys of counters name the app, so that nobody uses up what belongs to another. The exception is the
 * recipient of young apps: otherwise, whoever registers many apps multiplies what one person gets.
 */
export class MailLimits {
  readonly #perAppDaily: number;
  readonly #app: Limiter;
  readonly #domain: Limiter;
  readonly #recipient: Limiter;
  readonly #recipientOfYoungApps: Limiter;
  readonly #member: Limiter;

  /** @param perAppDaily of an established app */
  constructor(pool: Database['pool'], perAppDaily: number) {
    const perDay = (name: string, points: number) => createLimiter(pool, name, { points, duration: DAY_SECONDS });
    this.#perAppDaily = perAppDaily;
    this.#app = perDay('mailByApp', perAppDaily);
    this.#domain = perDay('mailByAppAndDomain', perAppDaily);
    this.#recipient = perDay('mailByAppAndRecipient', PER_RECIPIENT);
    this.#recipientOfYoungApps = perDay('mailByRecipient', PER_RECIPIENT_OF_YOUNG_APPS);
    this.#member = perDay('sandboxMailByMember', PER_MEMBER);
  }

  /**
   * Counts a mail that an app causes in production. A mail of a young app counts as several.
   * @param app `since`: when it got its environment in production
   * @throws MailLimitError
   */
  async count(app: { id: string; since: Date }, to: string): Promise<CountedMail> {
    const ageDays = (Date.now() - app.since.getTime()) / DAY_MS;
    const share = SHARES.find(({ belowDays }) => ageDays < belowDays)?.share ?? 1;
    // At least one mail a day, however few the operator allows.
    const bounded = (cost: number) => Math.min(Math.round(cost), this.#perAppDaily);
    const domain = to.slice(to.lastIndexOf('@') + 1);
    const ofRecipient = [
      counter(this.#recipient, [app.id, to]),
      ...(ageDays < YOUNG_DAYS ? [counter(this.#recipientOfYoungApps, [to])] : []),
    ];
    const ofApp = [
      counter(this.#domain, [app.id, domain], bounded(COST_OF_DOMAIN / share)),
      counter(this.#app, [app.id], bounded(1 / share)),
    ];
    await takeAll([...ofRecipient, ...ofApp]);
    return { giveBack: () => giveBack(ofApp) };
  }

  /** Counts a mail of the sandbox to a member of the app. @returns false after too many */
  async countForMember(appId: string, to: string): Promise<boolean> {
    try {
      await takeAll([counter(this.#member, [appId, to])]);
      return true;
    } catch (error) {
      if (error instanceof MailLimitError) return false;
      throw error;
    }
  }
}

/** Keys are hashed, so that the table does not become a list of addresses. */
function counter(limiter: Limiter, key: readonly string[], cost = 1): Counter {
  const text = JSON.stringify(key.map((part) => part.toLowerCase()));
  return { limiter, key: hash('sha256', text, 'base64url'), cost };
}

/** Counts in all of them, or in none. */
async function takeAll(counters: readonly Counter[]): Promise<void> {
  const taken: Counter[] = [];
  for (const one of counters) {
    taken.push(one);
    try {
      await one.limiter.consume(one.key, one.cost);
    } catch (refusal) {
      await giveBack(taken);
      throw refusal instanceof LimitState ? new MailLimitError(Math.max(refusal.msBeforeNext, 1)) : refusal;
    }
  }
}

async function giveBack(counters: readonly Counter[]): Promise<void> {
  for (const { limiter, key, cost } of counters) await limiter.reward(key, cost);
}
