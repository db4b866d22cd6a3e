import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import { BrowserSession } from '../engine/browser-session.ts';
import { isSameOrigin } from '../http/csrf.ts';
import type { RealmContext } from '../http/realm-context.ts';
import { languagesOf } from '../http/wanted-languages.ts';
import type { Account } from '../storage/accounts.ts';
import { includesRole } from '../storage/app-members.ts';
import type { AppEnvironment } from '../storage/apps.ts';
import { auditOf } from './audit.ts';
import { continueTo } from './continue.ts';
import { environmentOfSlug } from './environment-slug.ts';
import { forgetForm, keepForm, keptForm, pageOf } from './kept-form.ts';
import { languageOf } from './language-of.ts';
import { PortalError } from './portal-error.ts';
import type { EnvironmentCall, MemberCall, PersonCall, PortalCall, PortalRoute } from './route.ts';

const MINUTE_MS = 60 * 1000;
/** How long a sign-in counts as fresh: a page that needs one is shown for so long, and its form is taken for a while longer. */
const FRESH_PAGE_MS = 10 * MINUTE_MS;
const FRESH_FORM_MS = 20 * MINUTE_MS;
const FORM_COOKIE_BYTES = 16;

/** Checks a request against its route. @returns the reply when the request ends here, with a redirect */
export async function admit(
  context: RealmContext,
  provider: Provider,
  route: PortalRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<EnvironmentCall | FastifyReply> {
  const isForm = request.method !== 'GET';
  if (isForm && !isSameOrigin(request, context.config.publicUrl)) throw new PortalError('forbidden');

  const session = await BrowserSession.load(context, provider, request, reply);
  const account = session.accountId === undefined ? undefined : await findAccount(context, session.accountId);
  const call = callOf(context, route, request, reply, session, account);

  if (route.access.who !== 'anyone' && !account) {
    return reply.redirect(continueTo(call, 'sign-in', isForm ? call.base : request.url), 303);
  }
  if (isForm && !context.csrf.accepts(csrfSubject(call), (call.body as { csrf?: unknown } | null)?.csrf)) {
    throw new PortalError('forbidden');
  }
  if (account) await session.seen();
  if (account?.deletionDueAt && route.access.who !== 'anyone' && !route.whileLeaving) {
    return reply.redirect(`${call.base}/data/deletion`, 303);
  }
  const member = route.access.who === 'member' ? await membershipOf(call, route.access.role) : undefined;
  if (route.notTestPeople && account?.persona) throw new PortalError('test_person');
  // A test person has no password to prove anything with.
  if (
    wantsFresh(route, member?.environment) &&
    !account?.persona &&
    !isFresh(session, isForm ? FRESH_FORM_MS : FRESH_PAGE_MS)
  ) {
    const page = isForm ? await keepForm(call as PersonCall, route) : request.url;
    return reply.redirect(continueTo(call, 'confirm', page), 303);
  }
  if (isForm && account && route.form?.keeps) await forgetForm(call as PersonCall, pageOf(call, route));
  const kept = !isForm && account ? await keptForm(call as PersonCall) : {};
  return { ...call, ...member, kept } as EnvironmentCall;
}

function wantsFresh({ fresh }: PortalRoute, environment: AppEnvironment | undefined): boolean {
  return fresh === 'in production' ? environment?.environment === 'production' : fresh === true;
}

function isFresh(session: BrowserSession, maxAgeMs: number): boolean {
  return session.signedInAt !== undefined && Date.now() - session.signedInAt.getTime() < maxAgeMs;
}

async function findAccount({ rows }: RealmContext, id: string): Promise<Account | undefined> {
  const account = await rows.accounts.find(id);
  return account && !account.blocked ? account : undefined;
}

function callOf(
  context: RealmContext,
  { sections }: PortalRoute,
  request: FastifyRequest,
  reply: FastifyReply,
  session: BrowserSession,
  account: Account | undefined,
): PortalCall {
  const languages = languagesOf(account?.locale, request.headers['accept-language']);
  const formCookie = account ? '' : ensureFormCookie(context, request, reply);
  const subject = account ? `session:${session.uid}` : `form:${formCookie}`;
  const call: PortalCall & { [CSRF_SUBJECT]: string } = {
    [CSRF_SUBJECT]: subject,
    context,
    request,
    reply,
    session,
    account,
    language: languageOf(languages, sections),
    languages,
    base: `${context.prefix}/account`,
    csrf: context.csrf.issue(subject),
    params: request.params as Record<string, string>,
    query: request.query,
    body: request.body,
    kept: {},
    audit: auditOf({ context, account, request }),
  };
  return call;
}

const CSRF_SUBJECT = Symbol('csrf subject');

function csrfSubject(call: PortalCall): string {
  return (call as PortalCall & { [CSRF_SUBJECT]: string })[CSRF_SUBJECT];
}

/** What the forms of somebody who is not signed in are bound to. */
function ensureFormCookie({ realm, issuer }: RealmContext, request: FastifyRequest, reply: FastifyReply): string {
  const secure = issuer.startsWith('https:');
  const name = `${secure ? '__Host-' : ''}${realm}-form`;
  const known = new RegExp(`(?:^|;\\s*)${name}=([\\w-]{16,64})(?:;|$)`).exec(request.headers.cookie ?? '')?.[1];
  if (known) return known;
  const value = randomBytes(FORM_COOKIE_BYTES).toString('base64url');
  reply.header('set-cookie', `${name}=${value}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`);
  return value;
}

/** To who is no member, the app does not exist. @throws PortalError `not_found`, or `not_allowed` for a member with a lesser role */
async function membershipOf(
  call: PortalCall,
  wanted: MemberCall['role'],
): Promise<Pick<MemberCall, 'app' | 'role'> & { environment?: AppEnvironment }> {
  const { storage } = call.context;
  const { appId = '', environment: slug } = call.params;
  // Nothing else is looked for: PostgreSQL refuses some texts, such as those with a NUL.
  const mayExist = /^[\w-]{1,64}$/.test(appId);
  const role = mayExist && call.account && (await storage.appMembers.findRole(appId, call.account.id));
  const app = role && (await storage.apps.find(appId));
  if (!role || !app) throw new PortalError('not_found');
  if (!includesRole(role, wanted)) throw new PortalError('not_allowed');
  if (slug === undefined) return { app, role };
  const name = environmentOfSlug(slug);
  const environment = name && (await storage.apps.findEnvironment(app.id, name));
  if (!environment) throw new PortalError('not_found');
  return { app, role, environment };
}
