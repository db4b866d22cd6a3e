import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { hashSecret } from '../storage/ids.ts';
import { browserOf } from './browser-cookie.ts';
import { isSameOrigin } from './csrf.ts';
import {
  type AnswerKey,
  claimAnswer,
  findAnswer,
  headersAgain,
  isRedirect,
  type KeptAnswer,
  keepAnswer,
} from './kept-answers.ts';
import type { RealmContext } from './realm-context.ts';

/**
 * For how long an answer is repeated. A redirect leads to what has been done. A page, such as that of a wrong password, may be another a
 * moment later, so it is repeated for a resend only.
 */
const LIFETIME_MS = { redirect: 10 * 60 * 1000, page: 60 * 1000 };

/** The number of one press of a button: its form, as rendered once, with what was typed. */
const bodySchema = z.object({ submission: z.string().regex(/^[\w-]{22}$/) });

type Realm = Pick<RealmContext, 'realm' | 'rows' | 'config' | 'issuer'>;

export interface Exchange {
  readonly context: Realm;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Submissions whose answer is kept when it is sent. */
const underWay = new WeakMap<FastifyRequest, Exchange & { submission: AnswerKey }>();

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
  const { context, request } = exchange;
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
  const answer = await claimAnswer(context, submission);
  if (answer) return repeat(exchange, answer);
  underWay.set(request, { ...exchange, submission });
  return handle();
}

/** Repeats the answer to a form that was sent before. A reply is awaited until it is sent, so it says nothing itself. @returns whether there was one */
async function isRepeated(exchange: Exchange, submission: AnswerKey): Promise<boolean> {
  const answer = await findAnswer(exchange.context, submission);
  if (!answer) return false;
  await repeat(exchange, answer);
  return true;
}

/** Keeps the answers of {@link answerForm} before they are sent. Belongs to every plugin with forms. */
export function keepAnswers(app: FastifyInstance): void {
  app.addHook<string | Buffer | undefined>('onSend', async (request, reply, payload) => {
    const one = underWay.get(request);
    if (!one) return;
    underWay.delete(request);
    const { statusCode: status } = reply;
    // What was refused had no effect, and anybody can have forms refused without end.
    const isKept = status < 400 && (!payload || typeof payload === 'string' || Buffer.isBuffer(payload));
    const { cookie: cookiesBefore } = request.headers;
    const answer = isKept ? { status, headers: reply.getHeaders(), body: payload, cookiesBefore } : undefined;
    try {
      await keepAnswer(one.context, one.submission, answer, LIFETIME_MS[isRedirect(status) ? 'redirect' : 'page']);
    } catch (error) {
      // What the form did is done. Only its repetition is not answered.
      request.log.error({ err: error }, 'the answer to a form could not be kept');
    }
  });
}

function submissionOf({ context, request }: Exchange): AnswerKey | undefined {
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

async function repeat({ request, reply }: Exchange, answer: KeptAnswer): Promise<FastifyReply> {
  // What this request has set so far is of no use: the cookies of the first answer are those that its page belongs to.
  reply.removeHeader('set-cookie');
  const headers = headersAgain(answer, request.headers.cookie);
  return reply.code(answer.status).headers(headers).send(answer.body);
}
