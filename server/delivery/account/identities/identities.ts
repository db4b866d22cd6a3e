import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { notifyAccount } from '#domain/accounts/notify.ts';
import { mayRemoveIdentity } from '#domain/identities/ways-in.ts';
import { formFrame } from '#pages/forms.ts';
import { continuation } from '#portal/continue.ts';
import { formButtons } from '#portal/form-buttons.ts';
import { sendPortalPage } from '#portal/layout.ts';
import { PortalError } from '#portal/portal-error.ts';
import { forAnyone, forPerson, type PersonCall, type PortalCall } from '#portal/route.ts';
import { statement } from '#portal/statement.ts';
import type { Identity } from '#storage/identities.ts';
import { sendSignIn } from '../sign-in/sign-in-page.ts';
import { identityFacts, nameOf } from './identities-card.ts';
import { goTo, LINK_PLACE, SIGN_IN_PLACE } from './leave.ts';
import { getReturn } from './return.ts';

const formSchema = z.object({ upstream: z.string().max(64).catch('') });

/** Other logins: signing in by them, and which of them open the account. */
export const identityRoutes = [
  forAnyone('POST', '/sign-in/upstream', postSignInUpstream),
  forAnyone('GET', '/upstream/:upstream', getReturn),
  forPerson('POST', '/security/identities/add', postAdd, {
    recentSignIn: true,
    notShared: true,
    form: { page: '/security' },
  }),
  forPerson('GET', '/security/identities/:identityId/remove', getRemove, { recentSignIn: true, notShared: true }),
  forPerson('POST', '/security/identities/:identityId/remove', postRemove, { recentSignIn: true, notShared: true }),
];

async function postSignInUpstream(call: PortalCall): Promise<FastifyReply> {
  const retryAfterMs = await call.context.throttle.count('upstreamByAddress', { address: call.request.ip });
  const attempt = { continue: continuation(call, call.body), error: 'too_many_attempts', retryAfterMs } as const;
  if (retryAfterMs > 0) return sendSignIn(call, 429, attempt);
  return goTo(call, formSchema.parse(call.body ?? {}).upstream, SIGN_IN_PLACE);
}

/** Adds a login to the account: its person is signed in, recently, and proves who they are there. */
async function postAdd(call: PersonCall): Promise<FastifyReply> {
  return goTo(call, formSchema.parse(call.body ?? {}).upstream, LINK_PLACE);
}

async function getRemove(call: PersonCall): Promise<FastifyReply> {
  const identity = await identityOf(call);
  const { csrf, language } = call;
  const { t } = language;
  const question = statement({
    kind: 'danger',
    title: t('account.identities.removeTitle', { login: language.isolate(nameOf(call, identity)) }),
    text: t('account.identities.removeLead'),
    details: html`<div class="card"><div class="row">${identityFacts(call, identity)}</div></div>`,
    next: formFrame(
      { action: `${call.base}/security/identities/${identity.id}/remove`, csrf },
      formButtons(
        { submit: t('account.identities.removeSubmit'), isDanger: true, cancel: `${call.base}/security` },
        language,
      ),
    ),
  });
  return sendPortalPage(call, 200, {
    navItem: 'security',
    back: { href: `${call.base}/security`, label: t('account.frame.nav.security') },
    ...question,
  });
}

async function postRemove(call: PersonCall): Promise<FastifyReply> {
  const { account, base, context, languages, reply } = call;
  const identity = await identityOf(call);
  if (!(await mayRemoveIdentity(context, account, context.upstreams.only !== undefined)))
    return reply.redirect(`${base}/security?last=1#identities`, 303);
  // Twice at once is once.
  if (await context.rows.identities.remove(account.id, identity.id)) {
    await call.audit('identity.removed', `account:${account.id}`, { upstream: identity.upstream });
    await notifyAccount(context, account, { kind: 'identity_removed', name: nameOf(call, identity) }, { languages });
  }
  return reply.redirect(`${base}/security?done=identity-removed#identities`, 303);
}

/** @throws PortalError `not_found` when it is not one of the person's own */
async function identityOf({ account, context, params }: PersonCall): Promise<Identity> {
  const identities = await context.rows.identities.list(account.id);
  const identity = identities.find(({ id }) => id === params['identityId']);
  if (!identity) throw new PortalError('not_found');
  return identity;
}
