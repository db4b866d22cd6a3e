import { randomUUID } from 'node:crypto';
import type { DirectorySettings } from '../../process/settings/directory.ts';
import { FairQueue } from '../load/fair-queue.ts';
import { elsewhere, hasClientGone } from '../load/place.ts';
import type { Log } from '../log.ts';
import { callGuarded, type OutboundResult } from '../outbound/guarded-call.ts';
import { signedHeaders } from '../outbound/standard-webhooks.ts';
import { answerOf, type DirectoryAnswer, isOutOfReach } from './answer.ts';
import { Breaker } from './breaker.ts';
import { RecentRefusals } from './recent-refusals.ts';

/** About whom the directory is asked: without a password, who has shown otherwise that they read the mail of the address. */
export interface DirectoryQuestion {
  readonly email: string;
  readonly password?: string;
}

/** Somebody is waiting. */
const TIMEOUT_MS = 3_000;
/** A person has a few kilobytes. */
const MAX_BYTES = 64 * 1024;
/** How many questions are on their way at once, from this process. */
const CONCURRENCY = 32;
const MAX_WAITING = 128;
const REFUSAL = 'Too many people are signing in at the moment. Wait for Retry-After.';

/** Who waits to be asked about, in this process. */
export const directoryQueue = new FairQueue(REFUSAL, { concurrency: CONCURRENCY, maxWaiting: MAX_WAITING });

interface DirectoryOptions {
  readonly log?: Pick<Log, 'warn' | 'info'>;
  /** Default: 3 seconds. Shorter for tests. */
  readonly timeoutMs?: number;
  readonly breaker?: Breaker;
}

/**
 * The operator's own system of people, which is asked as they sign in. It keeps no answer. Questions wait in a queue with a line for each
 * network, so that nobody's flood keeps others from it, and a directory that does not answer holds up neither the server nor, after a few tries, people.
 */
export class Directory {
  readonly settings: DirectorySettings;
  /** How often it has said what, since this process started. */
  readonly answers: Record<DirectoryAnswer['outcome'], number> = { person: 0, wrong_password: 0, unknown: 0, down: 0 };
  readonly #breaker: Breaker;
  readonly #refusals = new RecentRefusals();
  readonly #options: DirectoryOptions;

  constructor(settings: DirectorySettings, options: DirectoryOptions = {}) {
    this.settings = settings;
    this.#options = options;
    this.#breaker = options.breaker ?? new Breaker();
  }

  get state(): Breaker['state'] {
    return this.#breaker.state;
  }

  /**
   * Asks about one person.
   * @param payer whose place in the queue it takes
   * @throws OverloadedError
   */
  async ask(question: DirectoryQuestion, payer: string): Promise<DirectoryAnswer> {
    const startedMs = performance.now();
    // Before the queue, so that nobody waits in it for nothing.
    const answer = this.#breaker.isShut ? NOT_ASKED : await this.#inQueue(question, payer);
    this.answers[answer.outcome] += 1;
    if (answer.outcome === 'person') this.#refusals.answered();
    else this.#refusals.note(answer.outcome === 'down' ? 'down' : 'refused', performance.now() - startedMs);
    return answer;
  }

  /** Refuses without asking, and as slowly as if it had asked. @returns what the directory says to others at the moment */
  async pretendToAsk(): Promise<'refused' | 'down'> {
    return this.#breaker.isShut ? 'down' : this.#refusals.repeat();
  }

  /** Takes an answer back that is no person after all. @param problem what an operator mends it by; it names nobody */
  misread(problem: string): Extract<DirectoryAnswer, { outcome: 'down' }> {
    this.answers.person -= 1;
    this.answers.down += 1;
    this.#options.log?.warn({ problem }, 'the directory gave an answer that is no person');
    return { outcome: 'down', reason: 'garbage' };
  }

  /** The request gives up its place while it waits, and is not sent when nobody waits for the answer any more. */
  #inQueue(question: DirectoryQuestion, payer: string): Promise<DirectoryAnswer> {
    return elsewhere(() => directoryQueue.run(payer, () => this.#send(question), hasClientGone));
  }

  async #send({ email, password }: DirectoryQuestion): Promise<DirectoryAnswer> {
    if (!this.#breaker.admit()) return NOT_ASKED;
    const result = await callDirectory(
      this.settings,
      { email, ...(password !== undefined && { password }) },
      this.#options,
    );
    const answer = answerOf(result);
    this.#note(result, answer);
    return answer;
  }

  #note(result: OutboundResult, answer: DirectoryAnswer): void {
    const { log } = this.#options;
    const wasOpen = this.#breaker.state !== 'closed';
    const reason = answer.outcome === 'down' ? answer.reason : undefined;
    if (isOutOfReach(result)) {
      if (this.#breaker.failed()) log?.warn({ reason }, 'the directory is out of order');
      return;
    }
    this.#breaker.answered();
    if (wasOpen) log?.info({}, 'the directory answers again');
    if (reason) {
      const status = result.outcome === 'answered' ? result.status : undefined;
      log?.warn({ reason, status }, 'the directory gave an answer that is none');
    }
  }
}

const NOT_ASKED: DirectoryAnswer = { outcome: 'down', reason: 'not_asked' };

/** Sends one signed question. It is on the operator's own network, where names lead to private addresses (invariant 16). */
export function callDirectory(
  { url, key }: Pick<DirectorySettings, 'url' | 'key'>,
  question: DirectoryQuestion,
  { timeoutMs = TIMEOUT_MS }: Pick<DirectoryOptions, 'timeoutMs'> = {},
): Promise<OutboundResult> {
  const body = JSON.stringify(question);
  const id = `msg_${randomUUID()}`;
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'idempotency-key': id,
    ...signedHeaders({ id, body }, key),
  };
  const limits = { addresses: 'any', timeoutMs, maxBytes: MAX_BYTES } as const;
  return callGuarded({ url: new URL(url), method: 'POST', headers, body }, limits);
}
