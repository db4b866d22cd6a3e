import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { isSameOrigin } from '../http/csrf.ts';
import { continueTo } from './continue.ts';
import { forgetForm, keepForm, keptForm } from './kept-form.ts';
import { environmentOf, membershipOf } from './membership.ts';
import { openVisit, type Visitor } from './open-visit.ts';
import { PortalError, PortalRedirect } from './portal-error.ts';
import { needsRecentSignIn, RECENT_SIGN_IN_MAX_AGE_MS } from './recent-sign-in.ts';
import type { EnvironmentCall, PersonCall, PortalCall, PortalRoute } from './route.ts';

const formSchema = z.object({ csrf: z.string() });

/** A call of somebody who is signed in, with the environment where the path names one. */
type CheckedCall = PersonCall & Partial<Pick<EnvironmentCall, 'environment'>>;

/**
 * Checks a request against its route, and has the route's handler answer it.
 * @throws PortalError when the request is refused
 * @throws PortalRedirect when the person has to go to another page first
 */
export async function answer(visitor: Visitor, route: PortalRoute): Promise<FastifyReply> {
  const { access } = route;
  needSameOrigin(visitor);
  const call = await openVisit(visitor, route);

  if (access.who === 'anyone') {
    needOwnForm(call);
    if (call.account) await call.session.seen();
    return access.handle(call);
  }

  const person = needAccount(call);
  needOwnForm(call);
  await person.session.seen();
  needNoPendingDeletion(person, route);
  if (access.who === 'person') return access.handle(await finishChecks(person, route));

  const member = { ...person, ...(await membershipOf(person, access.role)) };
  if (access.of === 'app') return access.handle(await finishChecks(member, route));

  const environment = await environmentOf(person, member.app.id);
  return access.handle(await finishChecks({ ...member, environment }, route));
}

/**
 * The last checks of every route, once it is known whether there is such an app for this person: a password is asked for only then.
 * @returns the call, with what was kept of the page's form
 */
async function finishChecks<Call extends CheckedCall>(call: Call, route: PortalRoute): Promise<Call> {
  needNoTestPerson(call, route);
  await needRecentSignIn(call, route);
  if (!isForm(call)) return { ...call, kept: await keptForm(call) };
  if (route.form?.keeps) await forgetForm(call, route);
  return call;
}

function isForm({ request }: Pick<PersonCall, 'request'>): boolean {
  return request.method === 'POST';
}

/** Forms come from pages of ours. */
function needSameOrigin(visitor: Visitor): void {
  const { request, context } = visitor;
  if (isForm(visitor) && !isSameOrigin(request, context.config.publicUrl)) throw new PortalError('forbidden');
}

/** A form carries the token that was made for this session, or for this browser. */
function needOwnForm(call: PortalCall): void {
  const token = formSchema.safeParse(call.body).data?.csrf;
  if (isForm(call) && !call.context.csrf.accepts(call.boundTo, token)) throw new PortalError('forbidden');
}

function needAccount(call: PortalCall): PersonCall {
  const { account, base, request } = call;
  if (account) return { ...call, account };
  throw new PortalRedirect(continueTo(call, 'sign-in', isForm(call) ? base : request.url));
}

/** Somebody whose account is about to be deleted can do nothing but keep it. */
function needNoPendingDeletion({ account, base }: PersonCall, route: PortalRoute): void {
  if (account.deletionDueAt && !route.whileDeletionPending) throw new PortalRedirect(`${base}/data/deletion`);
}

function needNoTestPerson({ account }: PersonCall, route: PortalRoute): void {
  if (route.notTestPeople && account.persona) throw new PortalError('test_person');
}

async function needRecentSignIn(call: CheckedCall, route: PortalRoute): Promise<void> {
  // A test person has no password to prove anything with.
  if (!needsRecentSignIn(route, call.environment) || call.account.persona) return;
  const maxAgeMs = RECENT_SIGN_IN_MAX_AGE_MS[isForm(call) ? 'form' : 'page'];
  const { signedInAt } = call.session;
  if (signedInAt && Date.now() - signedInAt.getTime() < maxAgeMs) return;
  throw new PortalRedirect(continueTo(call, 'confirm', isForm(call) ? await keepForm(call, route) : call.request.url));
}
