import type { FastifyReply } from 'fastify';
import { notifyAccount } from '#domain/accounts/notify.ts';
import { finishAttempt } from '#domain/identities/attempt.ts';
import { linkIdentity, openAccount } from '#domain/identities/open-account.ts';
import { comeFrom } from '#domain/identities/session-there.ts';
import { methodsThere } from '#engine/sign-in-methods.ts';
import { browserOf, hashOfBrowser } from '#http/browser-cookie.ts';
import { rememberUpstream } from '#http/upstream-cookie.ts';
import { continuation } from '#portal/continue.ts';
import { PortalError } from '#portal/portal-error.ts';
import type { PortalCall } from '#portal/route.ts';
import { isShared } from '#storage/accounts.ts';
import type { UpstreamPerson } from '#upstream/person.ts';
import type { Upstream } from '#upstream/upstream.ts';
import { newAttempt } from '../sign-in/attempt.ts';
import { proceedIn } from '../sign-in/proceed.ts';
import { backWith, LINK_PLACE, SIGN_IN_PLACE } from './leave.ts';

/** GET upstream/:upstream: back from another login, to which somebody went from an account page. */
export async function getReturn(call: PortalCall): Promise<FastifyReply> {
  const { context, params, request, reply } = call;
  const upstream = context.upstreams.find(params['upstream'] ?? '');
  const browser = browserOf(context, request.raw);
  if (!upstream || browser === undefined) throw new PortalError('not_found');
  const query = new URL(request.url, 'http://localhost').searchParams;
  const finished = await finishAttempt(context, upstream, { query, browserHash: hashOfBrowser(browser) });
  if (finished.outcome === 'unknown') return reply.redirect(call.base, 303);
  const [what, , about = ''] = finished.place.split(' ');
  const place = what === LINK_PLACE ? LINK_PLACE : SIGN_IN_PLACE;
  if (finished.outcome !== 'person') {
    if ('because' in finished) request.log.warn({ upstream: upstream.id, reason: finished.because }, 'upstream failed');
    await call.audit('session.refused', 'account', { reason: `upstream_${finished.outcome}`, upstream: upstream.id });
    return backWith(call, upstream.id, place, { problem: finished.outcome });
  }
  return place === LINK_PLACE
    ? link(call, upstream, finished.person, about)
    : signIn(call, upstream, finished.person, about);
}

/** Adds it to the account whose person asked for it, in the session in which they asked. */
async function link(
  call: PortalCall,
  upstream: Upstream,
  person: UpstreamPerson,
  sessionUid: string,
): Promise<FastifyReply> {
  const { account, base, context, languages, reply, session } = call;
  if (!account || isShared(account) || session.uid !== sessionUid) return reply.redirect(`${base}/security`, 303);
  const offer = { upstream: upstream.id, person, appId: account.appId };
  if (!(await linkIdentity(context, offer, account.id)))
    return reply.redirect(`${base}/security?taken=1#identities`, 303);
  const { name } = upstream.settings;
  await call.audit('identity.added', `account:${account.id}`, { upstream: upstream.id });
  await notifyAccount(context, account, { kind: 'identity_added', name }, { languages });
  return reply.redirect(`${base}/security?done=identity-added#identities`, 303);
}

async function signIn(
  call: PortalCall,
  upstream: Upstream,
  person: UpstreamPerson,
  target: string,
): Promise<FastifyReply> {
  const { context, reply } = call;
  const opened = await openAccount(context, { upstream: upstream.id, person, isOwn: upstream.isOwn });
  switch (opened.outcome) {
    case 'account_blocked':
      await call.audit('session.refused', 'account', { reason: opened.outcome, upstream: upstream.id });
      return backWith(call, upstream.id, SIGN_IN_PLACE, { problem: 'account_blocked' });
    case 'address_known':
      return backWith(call, upstream.id, SIGN_IN_PLACE, { problem: 'address_known', email: opened.email });
    case 'new':
      await call.audit('account.created', `account:${opened.account.id}`, { upstream: upstream.id });
  }
  rememberUpstream(context, reply.raw, upstream.id);
  const known = { methods: methodsThere(person), ...comeFrom(upstream, person) };
  return proceedIn(call, newAttempt(call, continuation(call, { continue: target })), opened.account, known);
}
