import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { isSameOrigin } from '../http/csrf.ts';
import type { AppEnvironment } from '../storage/app-environments.ts';
import { continueTo } from './continue.ts';
import { forgetForm, keepForm, keptForm } from './kept-form.ts';
import { environmentOf, membershipOf } from './membership.ts';
import { openVisit, type Visit, type Visitor } from './open-visit.ts';
import { PortalError } from './portal-error.ts';
import type { PersonCall, PortalRoute } from './route.ts';

const MINUTE_MS = 60 * 1000;
/** How long a sign-in is recent: a page that needs a recent one is shown for this long, and its form is taken for a while longer. */
const RECENT_FOR_PAGE_MS = 10 * MINUTE_MS;
const RECENT_FOR_FORM_MS = 20 * MINUTE_MS;

const formSchema = z.object({ csrf: z.string() });

/** Ends the checks of a request: the person has to go to another page first. */
class Detour extends Error {
  override name = 'Detour';
  readonly path: string;

  constructor(path: string) {
    super(`go to ${path} first`);
    this.path = path;
  }
}

/** Checks a request against its route, and has the route's handler answer it. @throws PortalError when the request is refused */
export async function answer(visitor: Visitor, route: PortalRoute): Promise<FastifyReply> {
  let handle: () => Promise<FastifyReply>;
  try {
    handle = await admit(visitor, route);
  } catch (error) {
    if (error instanceof Detour) return visitor.reply.redirect(error.path, 303);
    throw error;
  }
  return handle();
}

/** The checks, in their order. @returns the handler, with what it is called with */
async function admit(visitor: Visitor, route: PortalRoute): Promise<() => Promise<FastifyReply>> {
  const { access } = route;
  needSameOrigin(visitor);
  const visit = await openVisit(visitor, route);
  const { call } = visit;

  if (access.who === 'anyone') {
    needOwnForm(visit);
    if (call.account) await call.session.seen();
    return () => access.handle(call);
  }

  const person = needAccount(visit);
  needOwnForm(visit);
  await person.session.seen();
  needAccountThatStays(person, route);

  if (access.who === 'person') {
    const opened = await openForm(person, route);
    return () => access.handle(opened);
  }

  const membership = await membershipOf(person, access.role);
  if (access.of === 'app') {
    const opened = await openForm(person, route);
    return () => access.handle({ ...opened, ...membership });
  }

  const environment = await environmentOf(person, membership.app.id);
  const opened = await openForm(person, route, environment);
  return () => access.handle({ ...opened, ...membership, environment });
}

/** What is asked of somebody who may come here: that they are no test person, and have proven of late who they are. */
async function openForm(call: PersonCall, route: PortalRoute, environment?: AppEnvironment): Promise<PersonCall> {
  needNoTestPerson(call, route);
  await needRecentSignIn(call, route, environment);
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
function needOwnForm({ call, csrfSubject }: Visit): void {
  const token = formSchema.safeParse(call.body).data?.csrf;
  if (isForm(call) && !call.context.csrf.accepts(csrfSubject, token)) throw new PortalError('forbidden');
}

function needAccount({ call }: Visit): PersonCall {
  const { account, base, request } = call;
  if (account) return { ...call, account };
  throw new Detour(continueTo(call, 'sign-in', isForm(call) ? base : request.url));
}

/** Somebody whose account is about to be deleted can do nothing but keep it. */
function needAccountThatStays({ account, base }: PersonCall, route: PortalRoute): void {
  if (account.deletionDueAt && !route.whileLeaving) throw new Detour(`${base}/data/deletion`);
}

function needNoTestPerson({ account }: PersonCall, route: PortalRoute): void {
  if (route.notTestPeople && account.persona) throw new PortalError('test_person');
}

async function needRecentSignIn(
  call: PersonCall,
  route: PortalRoute,
  environment: AppEnvironment | undefined,
): Promise<void> {
  const isNeeded = route.fresh === 'in production' ? environment?.environment === 'production' : route.fresh;
  // A test person has no password to prove anything with.
  if (!isNeeded || call.account.persona) return;
  const maxAgeMs = isForm(call) ? RECENT_FOR_FORM_MS : RECENT_FOR_PAGE_MS;
  const { signedInAt } = call.session;
  if (signedInAt && Date.now() - signedInAt.getTime() < maxAgeMs) return;
  throw new Detour(continueTo(call, 'confirm', isForm(call) ? await keepForm(call, route) : call.request.url));
}
