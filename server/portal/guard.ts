import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { FormRecord } from '../http/body/form-record.ts';
import { isSameOrigin } from '../http/csrf.ts';
import { answerForm } from '../http/submissions.ts';
import { isShared, isTestPerson } from '../storage/accounts.ts';
import { continueTo } from './continue.ts';
import { forgetForm, keepForm, keptForm } from './kept-form.ts';
import { environmentOf, membershipOf } from './membership.ts';
import { openVisit, type Visitor } from './open-visit.ts';
import { PortalError, PortalRedirect } from './portal-error.ts';
import { readPortalForm } from './portal-form.ts';
import { isRecent, lacksSecondFactor, needsRecentSignIn } from './recent-sign-in.ts';
import type { EnvironmentCall, PersonCall, PortalCall, PortalRoute } from './route.ts';

const formSchema = z.record(z.string(), z.custom<FormRecord[string]>());

/** A call of somebody who is signed in, with the environment where the path names one. */
type CheckedCall = PersonCall & Partial<Pick<EnvironmentCall, 'environment'>>;

/**
 * Checks a request against its route, and has the route's handler answer it.
 * @throws PortalError when the request is refused
 * @throws PortalRedirect when the person has to go to another page first
 */
export async function answer(visitor: Visitor, route: PortalRoute): Promise<FastifyReply> {
  needSameOrigin(visitor);
  // A small form is read before it is known who sends it, because its answer is repeated although it may have ended the session.
  if (isForm(visitor) && !route.takesFile) visitor.request.body = await readPortalForm(visitor.request, route);
  return answerForm(visitor, () => checked(visitor, route));
}

/** @returns what answers the request, which has passed all checks */
async function checked(visitor: Visitor, route: PortalRoute): Promise<() => Promise<FastifyReply>> {
  const { access } = route;
  const visit = await openVisit(visitor, route);

  if (access.who === 'anyone') {
    const own = await withOwnForm(visit, route);
    if (own.account) await own.session.seen();
    return () => access.handle(own);
  }

  const person = await withOwnForm(needAccount(visit), route);
  await person.session.seen();
  needNoPendingDeletion(person, route);
  if (access.who === 'person') {
    const call = await finishChecks(person, route);
    return () => access.handle(call);
  }

  const member = { ...person, ...(await membershipOf(person, access.role)) };
  if (access.of === 'app') {
    const call = await finishChecks(member, route);
    return () => access.handle(call);
  }

  const environment = await environmentOf(person, member.app.id);
  const call = await finishChecks({ ...member, environment }, route);
  return () => access.handle(call);
}

/**
 * The last checks of every route, once it is known whether there is such an app for this person: a password is asked for only then.
 * @returns the call, with what was kept of the page's form
 */
async function finishChecks<Call extends CheckedCall>(call: Call, route: PortalRoute): Promise<Call> {
  needOwnAccount(call, route);
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

/** Reads the form, which carries the token that was made for this session, or for this browser. */
async function withOwnForm<Call extends PortalCall>(call: Call, route: PortalRoute): Promise<Call> {
  if (!isForm(call)) return call;
  const { request } = call;
  if (route.takesFile) request.body = await readPortalForm(request, route);
  const body = formSchema.parse(request.body);
  if (!call.context.csrf.accepts(call.boundTo, body['csrf'])) throw new PortalError('forbidden');
  return { ...call, body };
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

function needOwnAccount({ account }: PersonCall, route: PortalRoute): void {
  if (route.notShared && isShared(account)) throw new PortalError('test_person');
}

async function needRecentSignIn(call: CheckedCall, route: PortalRoute): Promise<void> {
  // A test person signs in by one click, which proves nothing that the session does not.
  if (!needsRecentSignIn(route, call.environment) || isTestPerson(call.account)) return;
  if (isRecent(call, isForm(call) ? 'form' : 'page') && !(await lacksSecondFactor(call))) return;
  throw new PortalRedirect(continueTo(call, 'confirm', isForm(call) ? await keepForm(call, route) : call.request.url));
}
