import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { askerOf } from '#engine/asker.ts';
import { BrowserSession } from '#engine/browser-session.ts';
import type { IdTokenHints } from '#engine/id-token-hint.ts';
import { assertFitsAnAddress } from '#engine/posted-requests.ts';
import { LOGOUT_ROUTE } from '#engine/provider-routes.ts';
import type { Provider } from '#engine/provider-types.ts';
import { sessionIdFor } from '#engine/session-id.ts';
import type { BodyContract } from '#http/body/body-contract.ts';
import { formOf } from '#http/body/form-record.ts';
import { readBody } from '#http/body/read-body.ts';
import { isSameOrigin } from '#http/csrf.ts';
import type { RealmContext } from '#http/realm-context.ts';
import { answerForm, keepAnswers } from '#http/submissions.ts';
import { pageContextOf } from '#pages/page-context.ts';
import { sendPage } from '#pages/write-page.ts';
import { auditStep } from '../audit.ts';
import { namesOf } from '../consent-model.ts';
import { type LogoutModel, logoutPage } from '../pages/logout-page.ts';
import { PopupError } from '../popup-error.ts';
import {
  checkLogoutRequest,
  type LogoutRequest,
  parametersIn,
  returnAddress,
  sealRequest,
  unsealRequest,
} from './logout-request.ts';

/** An ID token with every claim, and what else there is. */
const REQUEST_FORM: BodyContract = { types: ['form'], maxBytes: 16 * 1024 };
const sealedSchema = z.object({ request: z.string().min(1) });
const confirmSchema = z.object({ request: z.string().min(1), csrf: z.unknown() });

/** Somebody whom a vendor, or they themselves, want to sign out. */
interface Visit {
  readonly context: RealmContext;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly session: BrowserSession;
  readonly asked: LogoutRequest;
}

/**
 * The logout endpoint (OpenID Connect RP-Initiated Logout 1.0). It ends the session that this browser has with the realm, as signing out at
 * the portal does, so every vendor's backend is told. Whoever shows that the session is theirs to end may do so at once; otherwise the
 * person is asked (section 2).
 */
export async function registerLogoutRoutes(
  app: FastifyInstance,
  context: RealmContext,
  provider: Provider,
  hints: IdTokenHints,
): Promise<void> {
  const visit = async (request: FastifyRequest, reply: FastifyReply, asked: LogoutRequest): Promise<Visit> => ({
    context,
    request,
    reply,
    session: await BrowserSession.load(context, provider, request, reply),
    asked,
  });
  await app.register(
    async (routes) => {
      keepAnswers(routes);
      await routes.register(cookie);
      routes.get('', async (request, reply) => {
        const sealed = sealedSchema.safeParse(request.query);
        const asked = sealed.success
          ? await unsealRequest(context, sealed.data.request)
          : await checkLogoutRequest(context, hints, parametersIn(request.query as Record<string, unknown>));
        return getLogout(await visit(request, reply, asked));
      });
      // With a form from another site, browsers send no cookie that is SameSite=Lax. They send it with the GET to which it leads.
      routes.post('', async (request, reply) => {
        const asked = await checkLogoutRequest(
          context,
          hints,
          parametersIn(formOf(await readBody(request, REQUEST_FORM))),
        );
        const query = new URLSearchParams({ request: await sealRequest(context, asked) }).toString();
        assertFitsAnAddress(query);
        // The GET is to know which page posted (engine/posted-requests.ts).
        reply.removeHeader('referrer-policy');
        return reply.header('cache-control', 'no-store').redirect(`${context.issuer}${LOGOUT_ROUTE}?${query}`, 303);
      });
      routes.post('/confirm', async (request, reply) => {
        if (!isSameOrigin(request, context.config.publicUrl)) throw new PopupError('forbidden');
        request.body = formOf(await readBody(request, REQUEST_FORM));
        return answerForm({ context, request, reply }, async () => {
          const form = confirmSchema.safeParse(request.body);
          if (!form.success) throw new PopupError('invalid_request');
          const confirmed = await visit(request, reply, await unsealRequest(context, form.data.request));
          // Whoever has signed out in another window meanwhile has nothing left to protect.
          const isOwn = context.csrf.accepts(boundTo(confirmed.session), form.data.csrf);
          if (confirmed.session.accountId !== undefined && !isOwn) throw new PopupError('forbidden');
          return () => signOut(confirmed);
        });
      });
    },
    { prefix: `${context.prefix}${LOGOUT_ROUTE}` },
  );
}

async function getLogout(visit: Visit): Promise<FastifyReply> {
  const { session, asked } = visit;
  if (session.accountId === undefined) return sendSignedOut(visit);
  return (await mayEndAtOnce(visit, session.accountId))
    ? signOut(visit)
    : sendQuestion(visit, session.accountId, asked);
}

async function signOut(visit: Visit): Promise<FastifyReply> {
  const { session, asked, reply } = visit;
  const { accountId } = session;
  await session.end();
  if (accountId !== undefined) {
    const detail = { where: 'the logout endpoint', ...(asked.app && { app: asked.app.clientId }) };
    await auditStep(visit, 'session.ended', `account:${accountId}`, { subject: `account:${accountId}`, detail });
  }
  const address = returnAddress(asked);
  if (address === undefined) return sendDone(visit);
  return reply.header('cache-control', 'no-store').redirect(address, 303);
}

/**
 * Whether the vendor may end the session without a question: it shows an ID token that it was given in this very session, so it neither means
 * somebody else nor was chosen by nobody. The browser must be on its way here, because a page that only embeds an address of ours could sign
 * people out unseen.
 */
async function mayEndAtOnce({ context, request, session, asked }: Visit, accountId: string): Promise<boolean> {
  const { app, hint, logoutHint } = asked;
  const { 'sec-fetch-dest': dest = 'document', 'sec-purpose': purpose = '' } = request.headers;
  if (request.method !== 'GET' || dest !== 'document' || String(purpose).includes('prefetch')) return false;
  if (!app || !hint || hint.sid !== sessionIdFor(session.uid, app.clientId)) return false;
  if (logoutHint !== undefined && logoutHint !== hint.sid && logoutHint !== hint.userId) return false;
  return (await context.rows.users.findByAccount(app.clientId, accountId))?.id === hint.userId;
}

/** Nobody is signed in. The app's own page is gone back to at once; anybody could write a link with another's address (invariant 15). */
function sendSignedOut(visit: Visit): Promise<FastifyReply> | FastifyReply {
  const { context, request, reply, asked } = visit;
  const address = returnAddress(asked);
  if (address === undefined || !asked.app) return sendDone(visit);
  const { origins, redirectUris, postLogoutRedirectUris } = asked.app;
  const own = [...origins, ...[...redirectUris, ...postLogoutRedirectUris].map((uri) => new URL(uri).origin)];
  if (askerOf(request.headers, context.config.publicUrl, own) !== 'app') return sendDone(visit);
  return reply.header('cache-control', 'no-store').redirect(address, 303);
}

async function sendQuestion(visit: Visit, accountId: string, asked: LogoutRequest): Promise<FastifyReply> {
  const { context, session } = visit;
  const account = await context.rows.accounts.find(accountId);
  return send(visit, {
    outcome: 'ask',
    action: `${context.prefix}${LOGOUT_ROUTE}/confirm`,
    csrf: context.csrf.issue(boundTo(session)),
    request: await sealRequest(context, asked),
    account: account ? namesOf(account) : {},
    stay: returnAddress(asked) ?? `${context.prefix}/account`,
  });
}

function sendDone(visit: Visit): Promise<FastifyReply> {
  const { context, asked } = visit;
  const address = returnAddress(asked);
  return send(visit, {
    outcome: 'done',
    signIn: `${context.prefix}/account/sign-in`,
    back: address !== undefined && asked.app ? { uri: address, vendor: asked.app.name } : undefined,
    developerHint: asked.developerHint,
  });
}

function boundTo({ uid }: BrowserSession): string {
  return `logout:${uid}`;
}

function send({ context, request, reply, asked }: Visit, model: LogoutModel): Promise<FastifyReply> {
  const params = { redirect_uri: asked.returnTo, ui_locales: asked.uiLocales };
  const page = pageContextOf(context, params, asked.app, request.headers['accept-language']);
  return sendPage(reply.header('cache-control', 'no-store'), 200, logoutPage(page, model));
}
