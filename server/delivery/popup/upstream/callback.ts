import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { finishAttempt, placeOfAttempt } from '#domain/identities/attempt.ts';
import { openAccount } from '#domain/identities/open-account.ts';
import { comeFrom } from '#domain/identities/session-there.ts';
import { findInteraction } from '#engine/interactions.ts';
import type { Provider } from '#engine/provider-types.ts';
import { methodsThere } from '#engine/sign-in-methods.ts';
import type { BodyContract } from '#http/body/body-contract.ts';
import { formOf } from '#http/body/form-record.ts';
import { readBody } from '#http/body/read-body.ts';
import { browserOf, hashOfBrowser } from '#http/browser-cookie.ts';
import type { RealmContext } from '#http/realm-context.ts';
import { rememberUpstream } from '#http/upstream-cookie.ts';
import type { UpstreamPerson } from '#upstream/person.ts';
import type { Upstream } from '#upstream/upstream.ts';
import { auditStep } from '../audit.ts';
import { PopupError } from '../popup-error.ts';
import { proceedHeld } from '../proceed.ts';
import { type Step, sandboxAppOf, stepOf } from '../step.ts';
import { forgetIdentity, holdIdentity } from './held-identity.ts';
import { isBeside, isOfPopup, isSilent } from './leave.ts';
import { backWith, type UpstreamFailure } from './upstream.ts';
import { type Arrival, endWindow, heldOf } from './window.ts';

/** Where other logins send people back. */
export function registerUpstreamRoutes(app: FastifyInstance, context: RealmContext, provider: Provider): void {
  for (const upstream of context.upstreams.all) {
    const url = `${context.prefix}${upstream.callbackPath}`;
    app.get(url, async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return getCallback({ context, provider, request, reply }, upstream);
    });
    if (upstream.settings.responseMode !== 'form_post') continue;
    app.post(url, async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return postCallback(context, request, reply, upstream);
    });
  }
}

type Asked = Pick<Step, 'context' | 'provider' | 'request' | 'reply'>;

async function getCallback(asked: Asked, upstream: Upstream): Promise<FastifyReply> {
  const { context, request } = asked;
  const browser = browserOf(context, request.raw);
  if (browser === undefined) throw new PopupError('expired');
  const attempt = { query: queryOf(request), browserHash: hashOfBrowser(browser) };
  const place = await placeOfAttempt(context, upstream, attempt);
  // What began at the account pages ends there.
  if (place !== undefined && !isOfPopup(place))
    return asked.reply.redirect(`${context.prefix}/account/upstream/${upstream.id}?${attempt.query}`, 303);
  const finished = await finishAttempt(context, upstream, attempt);
  if (finished.outcome === 'unknown') throw new PopupError('expired');
  const step = await stepAt(asked, finished.place);
  if ('because' in finished)
    request.log.warn({ upstream: upstream.id, outcome: finished.outcome, reason: finished.because }, 'upstream failed');
  if (finished.outcome !== 'person') {
    if (isBeside(finished.place)) return endWindow(step, upstream, finished.outcome);
    // Nobody has asked for anything, so that nothing has failed for them.
    return isSilent(finished.place) ? toFirstPage(step) : backWith(step, upstream, finished.outcome);
  }
  if (isSilent(finished.place) && finished.person.authenticatedAt === undefined) {
    // A session that was not begun here and now is not to pass for one that was.
    request.log.warn(
      { upstream: upstream.id, reason: 'it does not say when the person signed in (auth_time)' },
      'upstream failed',
    );
    return toFirstPage(step);
  }
  const arrival = await arrive(step, upstream, finished.person);
  if (typeof arrival !== 'string') rememberUpstream(context, asked.reply.raw, upstream.id);
  if (isBeside(finished.place)) return endWindow(step, upstream, arrival);
  return typeof arrival === 'string'
    ? backWith(step, upstream, arrival)
    : proceedHeld(step, arrival.account, heldOf(arrival));
}

function toFirstPage({ form, reply }: Step): FastifyReply {
  return reply.redirect(form.action, 303);
}

const POSTED_ANSWER: BodyContract = { types: ['form'], maxBytes: 32 * 1024 };
/** What is handed on. What says something of a person is kept instead, because an address is no place for it; Apple's `id_token` is not used. */
const HANDED_ON = ['code', 'state', 'iss', 'error', 'error_description'] as const;

/**
 * The answer of a login that posts it (OAuth 2.0 Form Post Response Mode). The form comes from another site, so that the browser sends none of our
 * cookies along and nothing can be decided yet: the browser is led to the same address by GET, with which it does.
 */
async function postCallback(
  context: RealmContext,
  request: FastifyRequest,
  reply: FastifyReply,
  upstream: Upstream,
): Promise<FastifyReply> {
  assertPostedByItself(request, upstream);
  const form = formOf(await readBody(request, POSTED_ANSWER));
  const text = (name: string) => (typeof form[name] === 'string' ? form[name] : undefined);
  const { field, maxLength } = upstream.posts;
  const [state, posted] = [text('state'), text(field)];
  if (state !== undefined && posted !== undefined && posted.length <= maxLength)
    await context.rows.upstreamAttempts.notePosted({ state, upstream: upstream.id }, posted);
  const query = new URLSearchParams(HANDED_ON.flatMap((name) => [[name, text(name)]]).filter(isGiven));
  return reply.redirect(`${context.prefix}${upstream.callbackPath}?${query}`, 303);
}

/** No page but the website's own can name its origin here, so that nobody else's form says anything (invariant 9). */
function assertPostedByItself({ headers, log }: FastifyRequest, { id, posts }: Upstream): void {
  if (posts.from === undefined) return;
  const { origin, 'sec-fetch-dest': dest = 'document' } = headers;
  if (origin === posts.from && dest === 'document') return;
  // `null` is what a browser says for a page with Referrer-Policy: no-referrer.
  log.warn(
    { upstream: id, reason: `posted by ${String(origin).slice(0, 200)}, and not by ${posts.from}` },
    'upstream failed',
  );
  throw new PopupError('forbidden');
}

const isGiven = (pair: (string | undefined)[]): pair is [string, string] => pair[1] !== undefined;

/** The parameters as they came: one that came twice is not chosen among. */
function queryOf({ url }: FastifyRequest): URLSearchParams {
  return new URL(url, 'http://localhost').searchParams;
}

/** The interaction that the attempt belongs to, which may have ended meanwhile. @throws PopupError `expired` */
async function stepAt(asked: Asked, place: string): Promise<Step> {
  const uid = place.slice(place.indexOf(':') + 1);
  const interaction = await findInteraction(asked.context, asked.provider, asked.request.raw, uid);
  if (!interaction) throw new PopupError('expired');
  return stepOf(asked, interaction);
}

/** The account of whom the login has sent, or why there is none to go on with. */
async function arrive(step: Step, upstream: Upstream, person: UpstreamPerson): Promise<Arrival | UpstreamFailure> {
  const offer = { upstream: upstream.id, person, appId: sandboxAppOf(step), isOwn: upstream.isOwn };
  const opened = await openAccount(step.context, offer);
  if (opened.outcome === 'address_known') await holdIdentity(step.interaction, offer);
  if (opened.outcome !== 'known' && opened.outcome !== 'new') return opened.outcome;
  if (opened.outcome === 'new') {
    const about = { subject: `account:${opened.account.id}`, detail: { upstream: upstream.id } };
    await auditStep(step, 'account.created', 'anyone', about);
  }
  await forgetIdentity(step.interaction);
  return { account: opened.account, held: { methods: methodsThere(person), ...comeFrom(upstream, person) } };
}
