import { setTimeout as delay } from 'node:timers/promises';
import { callGuarded, type OutboundLimits, type OutboundResult } from '../outbound/guarded-call.ts';
import type { Body, Reply, Silence } from './reply.ts';

/** What is sent, as far as it differs from a right request. */
export interface Question {
  /** Completes "…" in "To …, it answered": `a request without userName`. */
  what: string;
  method?: 'GET' | 'POST';
  /** Default: the right one. `undefined` sends none. */
  key?: string | undefined;
  contentType?: string;
  /** Default: nobody, an empty object. */
  body?: Body;
  /** Sent as it is, instead of `body`, which it is about. */
  text?: string;
  idempotencyKey?: string;
}

/** Somebody who was signed up by this run. */
export interface MadeUser {
  userName: string;
  /** The vendor's own id, if the answer has one. */
  id?: string;
}

export interface EndpointOptions extends Pick<OutboundLimits, 'addresses' | 'resolver'> {
  url: URL;
  key: string;
  userAgent: string;
  /** For each call, as the platform itself waits. Default 8 seconds. */
  timeoutMs?: number;
  /** For the whole run. What is not asked by then is not checked. Default 4 minutes. */
  totalMs?: number;
}

const TIMEOUT_MS = 8_000;
const TOTAL_MS = 240_000;
const MAX_ANSWER_BYTES = 64 * 1024;
/** Calls without any answer, one after the other, after which the endpoint is taken for dead. */
const MAX_SILENCES = 3;
/** An endpoint that limits requests is asked again after this time at most, and this often. */
const MAX_RETRY_AFTER_MS = 15_000;
const MAX_WAITS = 2;

/** The endpoint under test. It keeps what was asked and answered, for what is said of all answers, and whom it has signed up. */
export class Endpoint {
  readonly url: URL;
  readonly #options: EndpointOptions;
  readonly #giveUpAtMs: number;
  /** Some sixty: the checks are a fixed list. */
  readonly exchanges: { question: Question; reply: Reply }[] = [];
  readonly users: MadeUser[] = [];
  calls = 0;
  #silences = 0;

  constructor(options: EndpointOptions) {
    this.url = options.url;
    this.#options = options;
    this.#giveUpAtMs = performance.now() + (options.totalMs ?? TOTAL_MS);
  }

  get key(): string {
    return this.#options.key;
  }

  async ask(question: Question): Promise<Reply | Silence> {
    for (let waits = 0; ; waits += 1) {
      const result = await this.#askOnce(question);
      if (result.outcome === 'silent' || result.status !== 429) return result;
      const waitMs = Number(result.header('retry-after') ?? 1) * 1_000;
      if (waits === MAX_WAITS || !(waitMs <= MAX_RETRY_AFTER_MS)) return { outcome: 'silent', reason: 'limited' };
      await delay(waitMs);
    }
  }

  async #askOnce(question: Question): Promise<Reply | Silence> {
    if (this.#silences >= MAX_SILENCES) return { outcome: 'silent', reason: 'dead' };
    if (performance.now() > this.#giveUpAtMs) return { outcome: 'silent', reason: 'no time' };
    this.calls += 1;
    const { method = 'POST', body = {}, text = JSON.stringify(body) } = question;
    const { url, addresses, resolver, timeoutMs = TIMEOUT_MS } = this.#options;
    const limits = { addresses, timeoutMs, maxBytes: MAX_ANSWER_BYTES, ...(resolver && { resolver }) };
    const request = { url, method, headers: this.#headersOf(question), ...(method === 'POST' && { body: text }) };
    const result = readResult(await callGuarded(request, limits), url);
    this.#silences = result.outcome === 'silent' ? this.#silences + 1 : 0;
    if (result.outcome === 'answered') this.#keep(question, result);
    return result;
  }

  #headersOf(question: Question): Record<string, string> {
    const key = 'key' in question ? question.key : this.#options.key;
    return {
      'content-type': question.contentType ?? 'application/json',
      accept: 'application/json',
      'user-agent': this.#options.userAgent,
      'idempotency-key': question.idempotencyKey ?? crypto.randomUUID(),
      ...(key !== undefined && { 'x-api-key': key }),
    };
  }

  #keep(question: Question, reply: Reply): void {
    this.exchanges.push({ question, reply });
    if (!reply.isSignedUp || question.method === 'GET') return;
    const id = reply.id;
    const userName = question.body?.userName ?? '(none)';
    const isKnown = this.users.some((user) => user.userName === userName && user.id === id);
    if (!isKnown) this.users.push({ userName, ...(id !== undefined && { id }) });
  }
}

function readResult(result: OutboundResult, { protocol }: URL): Reply | Silence {
  switch (result.outcome) {
    case 'answered': {
      const { status, headers, body, tookMs, isCut } = result;
      return reply(status, headers, body.toString(), tookMs, isCut);
    }
    case 'unreachable':
      return { outcome: 'silent', reason: 'unreachable', detail: protocol };
    case 'certificate':
      return { outcome: 'silent', reason: 'certificate', detail: result.code };
    case 'refused':
      return { outcome: 'silent', reason: 'address', detail: result.reason };
    case 'failed':
      return { outcome: 'silent', reason: result.reason };
  }
}

function reply(
  status: number,
  headers: Readonly<Record<string, readonly string[] | undefined>>,
  text: string,
  tookMs: number,
  isCut: boolean,
): Reply {
  const json = parsed(text);
  const { id, message, code } = (typeof json === 'object' ? json : undefined) ?? ({} as Record<string, unknown>);
  const asText = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value : undefined);
  return {
    outcome: 'answered',
    status,
    isSignedUp: status >= 200 && status < 300,
    header: (name) => headers[name]?.[0],
    text,
    tookMs,
    isCut,
    json,
    id: typeof id === 'number' && Number.isSafeInteger(id) ? String(id) : asText(id),
    message: asText(message),
    code: asText(code),
  };
}

/** @returns undefined for what is no JSON object */
function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
