import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { hashSecret } from '../storage/ids.ts';
import { browserOf } from './browser-cookie.ts';
import { isSameOrigin } from './csrf.ts';
import type { RealmContext } from './realm-context.ts';
import { seal, unseal } from './sealed.ts';
import { untilDecided } from './until-decided.ts';

/** For how long a second press waits for the answer to the first: as long as a browser's patience, and longer than a slow handler. */
const MAX_WAIT_MS = 15_000;
/**
 * For how long an answer is repeated. A redirect leads to what has been done. A page, such as that of a wrong password, may be another a
 * moment later, so it is repeated for a resend only.
 */
const LIFETIME_MS = { redirect: 10 * 60 * 1000, page: 60 * 1000 };
/** Sealed. A larger answer is not repeated: the form is handled again. No form with an effect has one. */
const MAX_ANSWER_LENGTH = 2_000_000;
/** Belong to one response, and not to its repetition. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'x-request-id',
  'content-length',
  'date',
  'connection',
  'keep-alive',
]);

const PURPOSE = 'answer to a form';

const bodySchema = z.object({ submission: z.string().regex(/^[\w-]{22}$/) });
const answerSchema = z.object({
  status: z.number(),
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  /** Base64. */
  body: z.string(),
});

/** One press of a button: its form, as rendered once, with what was typed. */
interface Submission {
  /** Where the answer is stored. */
  readonly keyHash: string;
  /** Only the browser that has the form knows it. The answer, which may show a secret or set a session's cookie, is sealed under it. */
  readonly secret: string;
}

type Realm = Pick<RealmContext, 'realm' | 'rows' | 'config' | 'issuer'>;

export interface Exchange {
  readonly context: Realm;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Where a repeated redirect leads instead, when the browser has followed the first already and its target works once. Default: the same. */
  readonly onward?: () => Promise<string | undefined>;
}

/** Submissions whose answer is kept when it is sent. */
const underWay = new WeakMap<FastifyRequest, Exchange & { submission: Submission }>();

/**
 * Answers a form once, however often it is sent: by a double click, by Enter pressed twice, or again after an answer was lost. Every form
 * carries a number of its own (`csrfInput` in pages/forms.ts). The first request with that number and the same content is handled; the
 * others wait for its answer and get the same, with the cookies that it sets. A form that is shown again has a new number, and one that is
 * sent with other content, after going back, is another submission. Forms without a number, of pages that an earlier version rendered,
 * are handled each time.
 *
 * Refusals are not repeated: they had no effect, and are given again.
 *
 * @param check checks the form, and returns what handles it. An answer is repeated even if the checks no longer hold, because the form may
 * have ended the session whose token it carries. Only a form that has passed them is remembered, so that nobody else can fill the table
 */
export async function answerForm(
  exchange: Exchange,
  check: () => Promise<() => Promise<FastifyReply>>,
): Promise<FastifyReply> {
  const early = submissionOf(exchange);
  if (early && (await isRepeated(exchange, early))) return exchange.reply;
  let handle: () => Promise<FastifyReply>;
  try {
    handle = await check();
  } catch (error) {
    // The same form may have been under way until now.
    if (early && (await isRepeated(exchange, early))) return exchange.reply;
    throw error;
  }
  // A form with a file is read by the checks, once it is known who sends it.
  const submission = early ?? submissionOf(exchange);
  if (!submission) return handle();
  const { submissions } = exchange.context.rows;
  const claim = await decided(() => submissions.claim(submission.keyHash));
  if (claim.outcome === 'answered') return repeat(exchange, submission, claim.answer);
  underWay.set(exchange.request, { ...exchange, submission });
  return handle();
}

/** Repeats the answer to a form that was sent before. A reply is awaited until it is sent, so it says nothing itself. @returns whether there was one */
async function isRepeated(exchange: Exchange, submission: Submission): Promise<boolean> {
  const { submissions } = exchange.context.rows;
  const found = await decided(() => submissions.find(submission.keyHash));
  if (!found) return false;
  await repeat(exchange, submission, found.answer);
  return true;
}

/** Keeps the answers of {@link answerForm} before they are sent. Belongs to every plugin with forms. */
export function keepAnswers(app: FastifyInstance): void {
  app.addHook<string | Buffer | undefined>('onSend', async (request, reply, payload) => {
    const one = underWay.get(request);
    if (!one) return;
    underWay.delete(request);
    const { submission, context } = one;
    const { submissions } = context.rows;
    try {
      const answer = await sealedAnswer(reply, payload, submission);
      if (answer === undefined) await submissions.release(submission.keyHash);
      else await submissions.finish(submission.keyHash, answer, lifetimeOf(reply));
    } catch (error) {
      // What the form did is done. Only its repetition is not answered.
      request.log.error({ err: error }, 'the answer to a form could not be kept');
    }
  });
}

function submissionOf({ context, request }: Exchange): Submission | undefined {
  if (request.method !== 'POST' || !isSameOrigin(request, context.config.publicUrl)) return undefined;
  const secret = bodySchema.safeParse(request.body).data?.submission;
  if (secret === undefined) return undefined;
  const browser = browserOf(context, request.raw);
  const content = JSON.stringify([context.realm, request.url, browser, secret, contentOf(request.body)]);
  return { keyHash: hashSecret(content), secret: `${secret} ${content}` };
}

/** A form's content as text; of files, their hashes. */
function contentOf(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return createHash('sha256').update(value).digest('base64url');
  if (Array.isArray(value)) return value.map(contentOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value).map(([name, one]) => [name, contentOf(one)]);
}

type Undecided = { outcome: 'under-way' };

/** @throws StillUnderWayError */
async function decided<Claim extends { outcome: string } | undefined>(
  ask: () => Promise<Claim | Undecided>,
): Promise<Exclude<Claim, Undecided>> {
  const claim = await untilDecided(ask, MAX_WAIT_MS);
  if (claim?.outcome === 'under-way') throw new StillUnderWayError();
  return claim as Exclude<Claim, Undecided>;
}

/** The first submission of a form takes longer than a second one waits. */
export class StillUnderWayError extends Error {
  override name = 'StillUnderWayError';
  readonly statusCode = 503;
}

/** @returns undefined when the answer is not to be repeated */
async function sealedAnswer(
  reply: FastifyReply,
  payload: string | Buffer | undefined,
  { secret }: Submission,
): Promise<string | undefined> {
  // What was refused had no effect, and anybody can have forms refused without end.
  if (reply.statusCode >= 400) return undefined;
  if (payload && typeof payload !== 'string' && !Buffer.isBuffer(payload)) return undefined;
  const headers = Object.entries(reply.getHeaders()).flatMap(([name, value]) =>
    value === undefined || OWN_HEADERS.has(name) ? [] : [[name, typeof value === 'number' ? String(value) : value]],
  );
  const body = Buffer.from(payload ?? '').toString('base64');
  const answer = { status: reply.statusCode, headers: Object.fromEntries(headers), body };
  const sealed = await seal(JSON.stringify(answer), secret, PURPOSE);
  return sealed.length > MAX_ANSWER_LENGTH ? undefined : sealed;
}

function lifetimeOf({ statusCode }: FastifyReply): number {
  return isRedirect(statusCode) ? LIFETIME_MS.redirect : LIFETIME_MS.page;
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

async function repeat({ reply, onward }: Exchange, { secret }: Submission, sealed: string): Promise<FastifyReply> {
  const { status, headers, body } = answerSchema.parse(JSON.parse(await unseal(sealed, secret, PURPOSE)));
  // What this request has set so far is of no use: the cookies of the first answer are those that its page belongs to.
  reply.raw.removeHeader('set-cookie');
  reply.removeHeader('set-cookie');
  const elsewhere = isRedirect(status) ? await onward?.() : undefined;
  if (elsewhere !== undefined) return reply.redirect(elsewhere, 303);
  return reply.code(status).headers(headers).send(Buffer.from(body, 'base64'));
}
