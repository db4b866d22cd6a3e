import type { FastifyReply, FastifyRequest } from 'fastify';
import { amrOf, type SignInMethod } from '../../engine/browser-session.ts';
import {
  type EngineSession,
  forgetSession,
  type Interaction,
  loadSession,
  saveResult,
} from '../../engine/engine-internals.ts';
import { findInteraction } from '../../engine/interactions.ts';
import type { Provider } from '../../engine/provider-types.ts';
import { isSameOrigin } from '../../http/csrf.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import { auditStep } from './audit.ts';
import { continuationOf, rememberFinished } from './finished-interaction.ts';
import { type InteractionView, viewOf } from './interaction-view.ts';
import { PopupError } from './popup-error.ts';

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
export interface AnsweredStep {
  readonly continueAt: string;
}

/**
 * Loads the interaction that a request belongs to.
 * @returns where to continue instead, when the person has answered it already and came back by the browser's back button
 * @throws PopupError `expired` when it is another browser's, or too old; `forbidden` when a form is not one of ours
 */
export async function loadStep(
  context: RealmContext,
  provider: Provider,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Step | AnsweredStep> {
  if (request.method !== 'GET' && !isSameOrigin(request, context.config.publicUrl)) throw new PopupError('forbidden');
  const { uid } = request.params as { uid: string };
  const interaction = await findInteraction(context, provider, request.raw, uid);
  if (!interaction) {
    const continueAt = request.method === 'GET' ? await continuationOf(context, request.raw, uid) : undefined;
    if (continueAt === undefined) throw new PopupError('expired');
    return { continueAt };
  }
  if (request.method !== 'GET' && !context.csrf.accepts(uid, (request.body as { csrf?: unknown } | null)?.csrf)) {
    throw new PopupError('forbidden');
  }
  const acceptLanguage = request.headers['accept-language'];
  const view = await viewOf(context, interaction, acceptLanguage);
  return { ...view, context, provider, request, reply, interaction, acceptLanguage };
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
function sessionOf({ provider, request, reply }: Step): Promise<EngineSession> {
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

/** Signs an account in and goes on. */
export async function finishSignIn(step: Step, accountId: string, method: SignInMethod): Promise<FastifyReply> {
  // The engine refuses to continue with somebody else's session, or with one that began in another window in the meantime.
  const session = await sessionOf(step);
  const isOwn = session.accountId === undefined || session.accountId === accountId;
  const isSame = step.interaction.session === undefined || step.interaction.session.uid === session.uid;
  if (!isOwn || !isSame) await endSession(step);
  const account = `account:${accountId}`;
  await auditStep(step, 'session.started', account, { subject: account, detail: { method, app: step.app.clientId } });
  return finish(step, { login: { accountId, ...amrOf(method) } });
}

/** Tells the app that the person declined. */
export function finishDenied(step: Step, description: string): Promise<FastifyReply> {
  const { app, context, interaction, request } = step;
  const at = interaction.prompt.name === 'login' ? 'sign-in' : 'consent';
  context.events.record(app.clientId, { kind: 'popup.cancelled', requestId: request.id, detail: { at } });
  return finish(step, { error: 'access_denied', error_description: description });
}
