import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { inTransaction } from '../../domain/context.ts';
import { endedSince, type SignInThere } from '../../domain/identities/session-there.ts';
import { noteSignIn } from '../../domain/second-factor/known-browsers.ts';
import { traceOf } from '../../engine/attempts.ts';
import { deviceFor, rememberDevice } from '../../engine/device-cookie.ts';
import {
  type EngineSession,
  forgetSession,
  type Interaction,
  loadSession,
  saveResult,
} from '../../engine/engine-internals.ts';
import { findInteraction } from '../../engine/interactions.ts';
import { ANSWERED_BY_SIGN_IN } from '../../engine/prompts.ts';
import type { Provider } from '../../engine/provider-types.ts';
import { authenticationBy, type SignInMethod } from '../../engine/sign-in-methods.ts';
import type { BodyContract } from '../../http/body/body-contract.ts';
import { formOf } from '../../http/body/form-record.ts';
import { readBody } from '../../http/body/read-body.ts';
import { browserOf } from '../../http/browser-cookie.ts';
import { isSameOrigin } from '../../http/csrf.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import type { Account } from '../../storage/accounts.ts';
import { auditStep } from './audit.ts';
import { continuationOf, rememberFinished } from './finished-interaction.ts';
import { type InteractionView, viewOf } from './interaction-view.ts';
import { PopupError } from './popup-error.ts';

const STEP_FORM: BodyContract = { types: ['form'], maxBytes: 32 * 1024 };

/** A request that belongs to an interaction: its browser, its path and (of a form) its origin and token have been checked. */
export interface Step extends InteractionView {
  readonly context: RealmContext;
  readonly provider: Provider;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly interaction: Interaction;
  readonly acceptLanguage: string | undefined;
}

/** The person went back to a page that they have answered already. */
interface AnsweredStep {
  readonly continueAt: string;
}

const csrfSchema = z.object({ csrf: z.unknown() }).catch({ csrf: undefined });
const csrfIn = (body: unknown) => csrfSchema.parse(body).csrf;

/**
 * Reads the small form of a step. It comes before all other checks, because the answer to a form is repeated although the interaction that
 * it belongs to has ended.
 */
export async function readStepForm(context: Pick<RealmContext, 'config'>, request: FastifyRequest): Promise<void> {
  if (request.method === 'GET') return;
  if (!isSameOrigin(request, context.config.publicUrl)) throw new PopupError('forbidden');
  request.body = formOf(await readBody(request, STEP_FORM));
}

/**
 * Loads the interaction that a request belongs to.
 * @returns where to continue instead, when the person has answered it already and came back by the browser's back button
 * @throws PopupError `expired` when it is another browser's, or too old; `cookies_blocked`; `forbidden` when a form is not one of ours
 */
export async function loadStep(
  context: RealmContext,
  provider: Provider,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Step | AnsweredStep> {
  const { uid } = request.params as { uid: string };
  const interaction = await findInteraction(context, provider, request.raw, uid);
  if (!interaction) {
    const continueAt = request.method === 'GET' ? await continuationOf(context, request.raw, uid) : undefined;
    if (continueAt === undefined)
      throw new PopupError(isWithoutCookies(context, request) ? 'cookies_blocked' : 'expired');
    return { continueAt };
  }
  if (request.method !== 'GET' && !context.csrf.accepts(uid, csrfIn(request.body))) throw new PopupError('forbidden');
  return stepOf({ context, provider, request, reply }, interaction);
}

/** The step of an interaction that has been found to be this browser's. */
export async function stepOf(
  asked: Pick<Step, 'context' | 'provider' | 'request' | 'reply'>,
  interaction: Interaction,
): Promise<Step> {
  const acceptLanguage = asked.request.headers['accept-language'];
  const view = await viewOf(asked.context, interaction, acceptLanguage);
  return { ...view, ...asked, interaction, acceptLanguage };
}

/** Addresses at which a page of the popup is shown. */
const OUR_PAGES = /^https?:\/\/[^/]+\/(?:sandbox\/)?(?:popup|authorize|interaction)\b/;

/** Whether a page of the popup led here, without the cookie that it came with. Who opens somebody else's link has none either. */
function isWithoutCookies(context: RealmContext, { headers, raw }: FastifyRequest): boolean {
  const isFromOurs = headers['sec-fetch-site'] === 'same-origin' && OUR_PAGES.test(headers.referer ?? '');
  return isFromOurs && browserOf(context, raw) === undefined;
}

/** In the sandbox, the app whose accounts sign in and are made here; undefined in production, where accounts belong to no app. */
export function sandboxAppOf({ context, app }: Pick<Step, 'context' | 'app'>): string | undefined {
  return context.realm === 'sandbox' ? app.appId : undefined;
}

/** Hands the person's decision to the protocol engine, which goes on from there. 303: the next request is a GET, without a body. */
export async function finish(
  { context, reply, interaction }: Step,
  result: Parameters<Provider['interactionResult']>[2],
): Promise<FastifyReply> {
  if (!('error' in result)) await rememberFinished(context, interaction);
  return reply.redirect(await saveResult(interaction, result), 303);
}

/** The session that the browser has with this realm; a new one when it has none. */
export function sessionOf({ provider, request, reply }: Step): Promise<EngineSession> {
  return loadSession(provider, request.raw, reply.raw);
}

/** Ends the session that the browser has with this realm, before somebody else's begins. */
export async function endSession(step: Step): Promise<void> {
  const { interaction } = step;
  const session = await sessionOf(step);
  if (session.accountId) {
    await step.context.rows.sessions.end(session.accountId, session.uid);
    await session.destroy();
  }
  await forgetSession(interaction);
}

/** A sign-in that nothing is missing from (held-sign-in.ts). */
interface ProvenSignIn {
  readonly methods: readonly SignInMethod[];
  readonly trustsBrowser?: true | undefined;
  readonly signedInAt?: number | undefined;
  readonly there?: SignInThere | undefined;
}

/** Signs an account in and goes on. Who comes here has passed every gate (proceed.ts). */
export async function finishSignIn(
  step: Step,
  account: Account,
  { methods, trustsBrowser, signedInAt, there }: ProvenSignIn,
): Promise<FastifyReply> {
  // The person has signed out there while they were at one of our pages.
  if (there && (await endedSince(step.context, there))) throw new PopupError('expired');
  const { id: accountId, signOutCount } = account;
  // The engine refuses to continue with somebody else's session, or with one that began in another window in the meantime.
  const session = await sessionOf(step);
  const isOwn = session.accountId === undefined || session.accountId === accountId;
  const isSame = step.interaction.session === undefined || step.interaction.session.uid === session.uid;
  if (!isOwn || !isSame) await endSession(step);
  await noteSession(step, account, { methods, trust: trustsBrowser === true, there });
  const answered = Object.fromEntries(ANSWERED_BY_SIGN_IN.map((prompt) => [prompt, {}]));
  return finish(step, {
    ...answered,
    login: { accountId, signOutCount, ts: signedInAt, ...authenticationBy(methods), ...(there && { there }) },
  });
}

/** Notes it in the audit log, and the browser with it: in one transaction, because each commit waits for the disk. */
async function noteSession(
  step: Step,
  account: Account,
  { methods, trust, there }: { methods: readonly SignInMethod[]; trust: boolean; there: SignInThere | undefined },
): Promise<void> {
  const { context, request, reply, app, page } = step;
  const subject = `account:${account.id}`;
  const detail = { method: methods.join('+'), app: app.clientId, ...(there && { upstream: there.upstream }) };
  const here = methods.includes('persona') ? undefined : deviceFor(context, request.raw, account);
  await inTransaction(context, async (within) => {
    await auditStep({ context: within, request }, 'session.started', subject, { subject, detail });
    if (!here) return;
    const userAgent = request.headers['user-agent'];
    const { wasKnown, device } = here;
    const how = { deviceId: device.deviceId, wasKnown, userAgent, trust, languages: page.languages };
    await noteSignIn(within, account, how);
  });
  if (here) rememberDevice(context, request.raw, reply.raw, account, here);
}

/** Tells the app that the person declined. */
export function finishDenied(step: Step, description: string): Promise<FastifyReply> {
  const { app, context, interaction, request } = step;
  const at = ANSWERED_BY_SIGN_IN.includes(interaction.prompt.name) ? 'sign-in' : 'consent';
  context.events.record(app.clientId, { kind: 'popup.cancelled', ...traceOf(request), detail: { at } });
  return finish(step, { error: 'access_denied', error_description: description });
}
