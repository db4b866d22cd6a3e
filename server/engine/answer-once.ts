import type Provider from 'oidc-provider';
import { browserOf } from '../http/browser-cookie.ts';
import {
  type AnswerKey,
  claimAnswer,
  findAnswer,
  type KeptAnswer,
  keepAnswer,
  type NewAnswer,
} from '../http/kept-answers.ts';
import type { RealmContext } from '../http/realm-context.ts';
import { hashSecret } from '../storage/ids.ts';
import { authorizationUrl } from './authorization-url.ts';
import { foundSoFar, loadSession } from './engine-internals.ts';
import { findInteraction, resumedInteraction } from './interactions.ts';
import type { Middleware } from './middleware.ts';

/** As for a page that a form leads to (http/submissions.ts). */
const LIFETIME_MS = 60 * 1000;

type Context = Parameters<Middleware>[0];

/**
 * Answers the address at which the engine goes on after a form once, however often a browser goes there. Whoever presses a button several
 * times goes there several times, and sees what the last leads to. Each would find the interaction as the engine happens to have left it, and
 * lack the cookies of an answer that the browser gave up.
 */
export function answerOnce(context: RealmContext, provider: Provider): Middleware {
  return async (ctx, next) => {
    const uid = resumedInteraction(ctx.path);
    const browser = browserOf(context, ctx.req);
    if (uid === undefined || browser === undefined) return next();
    const content = JSON.stringify([context.realm, ctx.path, browser]);
    const key: AnswerKey = { keyHash: hashSecret(content), secret: content };
    let answer: KeptAnswer | undefined;
    let isFirst = false;
    let session: { readonly accountId?: string | undefined } = {};
    try {
      answer = await findAnswer(context, key);
      if (!answer) {
        // Of what did not begin here, or is over, nothing is kept: anybody can invent an address.
        isFirst = (await findInteraction(context, provider, ctx.req, uid)) !== undefined;
        answer = await (isFirst ? claimAnswer : findAnswer)(context, key);
      }
      if (answer) session = await loadSession(provider, ctx.req, ctx.res);
    } catch {
      // The engine says what the matter is, in a page.
      return next();
    }
    // A session that lives is the one of that answer or a later one, which the answer's cookies would end.
    if (answer) return repeat(ctx, session.accountId === undefined ? answer : withoutCookies(answer));
    if (!isFirst) return next();
    let kept: NewAnswer | undefined;
    try {
      await next();
      kept = repeatable(context, ctx);
    } finally {
      // What was done is done. Only its repetition is not answered when this fails.
      await keepAnswer(context, key, kept, LIFETIME_MS).catch(() => {});
    }
  };
}

function repeatable(context: RealmContext, ctx: Context): NewAnswer | undefined {
  const { status, body } = ctx as Context & { body?: unknown };
  // The engine had nothing to go on from.
  if (status >= 400 || (typeof body !== 'string' && !Buffer.isBuffer(body))) return undefined;
  const headers = ctx.res.getHeaders();
  const { entities, params } = foundSoFar(ctx);
  if (!entities?.AuthorizationCode) return { status, headers, body };
  // A code works once, and its repetition would revoke what it was redeemed for. Whoever has agreed gets another by the same request.
  const { 'set-cookie': cookies } = headers;
  const { prompt: _answered, ...again } = { ...params };
  return {
    status: 303,
    headers: { location: authorizationUrl(context, again), 'cache-control': 'no-store', 'set-cookie': cookies },
    body: '',
  };
}

function withoutCookies({ headers: { 'set-cookie': _older, ...headers }, ...answer }: KeptAnswer): KeptAnswer {
  return { ...answer, headers };
}

function repeat(ctx: Context, { status, headers, body }: KeptAnswer): void {
  ctx.res.removeHeader('set-cookie');
  ctx.status = status;
  ctx.set(headers);
  (ctx as { body?: unknown }).body = body;
}
