import { z } from 'zod';
import { cookieOf } from './browser-cookie.ts';
import type { RealmContext } from './realm-context.ts';
import { seal, unseal } from './sealed.ts';
import { untilDecided } from './until-decided.ts';

/** For how long a second request waits for the answer to the first: as long as a browser's patience, and longer than a slow handler. */
const MAX_WAIT_MS = 15_000;
/** Sealed. A larger answer is not repeated: the request is handled again. No request with an effect has one. */
const MAX_ANSWER_LENGTH = 2_000_000;
/** Belong to one response, and not to its repetition. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'x-request-id',
  'content-length',
  'date',
  'connection',
  'keep-alive',
]);

/** More often than the storage takes a claim for abandoned, see `SubmissionRepository`. */
const RENEWAL_INTERVAL_MS = 1_000;
/** Whoever has claimed a key and never says an answer holds it no longer. */
const MAX_RENEWALS = 120;

const PURPOSE = 'answer to a form';

const answerSchema = z.object({
  status: z.number(),
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  body: z.string().transform((base64) => Buffer.from(base64, 'base64')),
  cookiesBefore: z.string().optional(),
});

/** An answer that is repeated. */
export type KeptAnswer = z.infer<typeof answerSchema>;

export interface NewAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | string[] | undefined>>;
  readonly body: string | Buffer | undefined;
  /** The cookies that came with the first request. */
  readonly cookiesBefore?: string | undefined;
}

/** What an answer is kept under. */
export interface AnswerKey {
  readonly keyHash: string;
  /** Only the browser that asks knows it. The answer, which may show a secret or set a session's cookie, is sealed under it. */
  readonly secret: string;
}

/** Until the answer is kept. */
const renewals = new WeakMap<AnswerKey, NodeJS.Timeout>();

type Realm = Pick<RealmContext, 'rows'>;

/** The first request with a key takes longer than a second one waits. */
export class StillUnderWayError extends Error {
  override name = 'StillUnderWayError';
  readonly statusCode = 503;
}

/** @returns the answer to the first request with this key, waiting for it; undefined when there was none. @throws StillUnderWayError */
export async function findAnswer({ rows }: Realm, key: AnswerKey): Promise<KeptAnswer | undefined> {
  const found = await untilDecided(() => rows.submissions.find(key.keyHash), MAX_WAIT_MS);
  if (found?.outcome === 'under-way') throw new StillUnderWayError();
  return found && opened(found.answer, key);
}

/**
 * @returns the answer to the first request with this key, waiting for it; undefined when this is the first, which then says its own
 * ({@link keepAnswer}). @throws StillUnderWayError
 */
export async function claimAnswer({ rows }: Realm, key: AnswerKey): Promise<KeptAnswer | undefined> {
  const claim = await untilDecided(() => rows.submissions.claim(key.keyHash), MAX_WAIT_MS);
  if (claim.outcome === 'under-way') throw new StillUnderWayError();
  if (claim.outcome === 'answered') return opened(claim.answer, key);
  renewals.set(key, renewOnAndOn(rows, key));
  return undefined;
}

/** So that whoever sends the same waits no longer than a moment for a process that has been killed, and as long as it takes for one that works. */
function renewOnAndOn({ submissions }: Realm['rows'], { keyHash }: AnswerKey): NodeJS.Timeout {
  let times = 0;
  const timer = setInterval(() => {
    times += 1;
    if (times === MAX_RENEWALS) clearInterval(timer);
    // A database that is out of reach fails the others, too.
    submissions.renew(keyHash).catch(() => {});
  }, RENEWAL_INTERVAL_MS);
  return timer.unref();
}

/** Keeps the answer of whoever has claimed the key. @param answer undefined when it is not to be repeated */
export async function keepAnswer(
  { rows }: Realm,
  key: AnswerKey,
  answer: NewAnswer | undefined,
  lifetimeMs: number,
): Promise<void> {
  clearInterval(renewals.get(key));
  const sealed = answer && (await seal(JSON.stringify(asText(answer)), key.secret, PURPOSE));
  if (sealed === undefined || sealed.length > MAX_ANSWER_LENGTH) await rows.submissions.release(key.keyHash);
  else await rows.submissions.finish(key.keyHash, sealed, lifetimeMs);
}

/**
 * The headers of an answer for a browser that asks again. A cookie that it has got anew since the first request stays: it is later than that of
 * the answer, which would end its session.
 */
export function headersAgain({ headers, cookiesBefore }: KeptAnswer, cookiesNow: string | undefined) {
  const { 'set-cookie': set = [], ...others } = headers;
  const isAsBefore = (cookie: string) => {
    const [name = ''] = cookie.split('=', 1);
    return cookieOf(cookiesNow, name) === cookieOf(cookiesBefore, name);
  };
  const cookies = [set].flat().filter(isAsBefore);
  return cookies.length === 0 ? others : { ...others, 'set-cookie': cookies };
}

function asText({ status, headers, body, cookiesBefore }: NewAnswer) {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || OWN_HEADERS.has(name) ? [] : [[name, typeof value === 'number' ? String(value) : value]],
  );
  return { status, headers: Object.fromEntries(kept), body: Buffer.from(body ?? '').toString('base64'), cookiesBefore };
}

async function opened(sealed: string, { secret }: AnswerKey): Promise<KeptAnswer> {
  return answerSchema.parse(JSON.parse(await unseal(sealed, secret, PURPOSE)));
}

export function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}
