import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { type AcceptResult, INVITATION_LIFETIME_DAYS, isFor, provesAddress } from '#domain/apps/members.ts';
import { alertBox, formFrame } from '#pages/forms.ts';
import { isolate, isolateLeftToRight } from '#pages/text.ts';
import { continueTo } from '#portal/continue.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PortalCall } from '#portal/route.ts';
import { statement } from '#portal/statement.ts';
import type { ReceivedInvitation } from '#storage/app-invitations.ts';
import { linkButton } from '../form-buttons.ts';

/** Why an invitation was not accepted. */
type Refusal = Exclude<AcceptResult['outcome'], 'accepted' | 'invalid'>;

export interface ShownInvitation {
  invitation: ReceivedInvitation;
  /** Name of the owner who invites. Undefined when the account has been deleted since. */
  inviter: string | undefined;
  code: string;
  refusal?: Refusal;
}

export function sendInvitation(call: PortalCall, status: number, shown: ShownInvitation): Promise<FastifyReply> {
  const { t, isolate: isolateInText } = call.language;
  const { appName, email, mailed } = shown.invitation;
  return sendPortalPage(call, status, {
    title: t('vendor.invitation.title', { app: isolateInText(appName) }),
    ...(!call.account && { width: 'narrow' }),
    main: html`<section class="card slim"><div><p>${purpose(call, shown)}</p>
<p class="muted">${t.rich(mailed ? 'vendor.invitation.sentTo' : 'vendor.invitation.isFor', {
      email: isolateLeftToRight(email),
    })}</p></div>
${nextStep(call, shown)}</section>`,
  });
}

function purpose({ language: { t } }: PortalCall, { inviter, invitation: { role } }: ShownInvitation): unknown {
  if (!inviter) return t('vendor.invitation.as', { role });
  return t.rich('vendor.invitation.by', { inviter: isolate(inviter), role });
}

/** What can be done about it depends on the account that is signed in. */
function nextStep(call: PortalCall, { invitation, code, refusal }: ShownInvitation): unknown {
  const { t } = call.language;
  const { account, base } = call;
  if (!account) return signInOrUp(call, code);
  if (refusal === 'address_taken') return signOut(call, t('vendor.invitation.addressTaken'));
  if (refusal === 'unconfirmed') return confirmFirst(call);
  if (refusal || !isFor(invitation, account)) {
    const email = isolateLeftToRight(account.email ?? '');
    return signOut(call, t.rich('vendor.invitation.otherAddress', { email }));
  }
  if (!provesAddress(invitation, account)) return confirmFirst(call);
  return formFrame(
    { action: `${base}/invitation`, csrf: call.csrf, layout: 'buttons', deliberate: t('shared.common.pressAgain') },
    html`<input type="hidden" name="code" value=${code}><button
 class="button primary">${t('vendor.invitation.accept')}</button>`,
  );
}

function signInOrUp(call: PortalCall, code: string): unknown {
  const { t } = call.language;
  const path = `${call.base}/invitation?${new URLSearchParams({ code })}`;
  const signIn = linkButton(continueTo(call, 'sign-in', path), t('vendor.invitation.signIn'), 'primary');
  const signUp = linkButton(continueTo(call, 'sign-up', path), t('vendor.invitation.signUp'));
  return html`<p>${t('vendor.invitation.signInLead')}</p><div class="stack">${signIn}${signUp}</div>`;
}

/** The address has to be confirmed on its own, because the invitation was not mailed to it. */
function confirmFirst({ account, base, language: { t } }: PortalCall): unknown {
  const problem = t.rich('vendor.invitation.unconfirmed', { email: isolateLeftToRight(account?.email ?? '') });
  return html`${alertBox(problem)}<p class="buttons">${linkButton(`${base}/security`, t('vendor.add.verifiedEmailLink'), 'primary')}</p>`;
}

function signOut({ base, csrf, language: { t } }: PortalCall, problem: unknown): unknown {
  const form = formFrame(
    { action: `${base}/sign-out`, csrf, layout: 'buttons' },
    html`<button class="button secondary">${t('account.frame.signOut')}</button>`,
  );
  return html`${alertBox(problem)}${form}`;
}

/** The same page for an invitation that is unknown, used, withdrawn or expired, so that a guess tells nothing. */
export function sendGone(call: PortalCall): Promise<FastifyReply> {
  const { t, duration } = call.language;
  return sendPortalPage(call, 404, {
    ...statement({
      kind: 'refused',
      title: t('vendor.invitation.gone'),
      text: t('vendor.invitation.goneLead', { duration: duration(INVITATION_LIFETIME_DAYS, 'day') }),
      next: html`<p class="buttons">${linkButton(`${call.base}/apps`, t('vendor.invitation.toApps'), 'primary')}</p>`,
    }),
    ...(!call.account && { width: 'narrow' }),
  });
}
