import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { type AcceptResult, isFor } from '#domain/apps/members.ts';
import { alertBox, csrfInput } from '#pages/forms.ts';
import { fill, isolateLeftToRight } from '#pages/text.ts';
import { continueTo } from '#portal/continue.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PortalCall } from '#portal/route.ts';
import type { AppInvitation } from '#storage/app-invitations.ts';
import { membersStrings } from '../members/strings.ts';
import { appsStrings } from '../strings.ts';

/** Why an invitation was not accepted. */
type Refusal = Exclude<AcceptResult['outcome'], 'accepted' | 'invalid'>;

export function sendInvitation(
  call: PortalCall,
  status: number,
  invitation: AppInvitation & { appName: string },
  code: string,
  refusal?: Refusal,
): Promise<FastifyReply> {
  const { invitation: strings } = membersStrings(call.language);
  const { roles } = appsStrings(call.language);
  return sendPortalPage(call, status, {
    title: strings.title.replace('{app}', () => invitation.appName),
    ...(!call.account && { width: 'narrow' }),
    main: html`<section class="card slim"><div><p>${strings.as.replace('{role}', roles[invitation.role])}</p>
<p class="muted">${fill(strings.sentTo, { email: isolateLeftToRight(invitation.email) })}</p></div>
${step(call, invitation, code, refusal)}</section>`,
  });
}

/** What can be done about it, by who is signed in. */
function step(call: PortalCall, invitation: AppInvitation, code: string, refusal: Refusal | undefined): unknown {
  const { invitation: strings } = membersStrings(call.language);
  const { account, base } = call;
  if (!account) {
    const path = `${base}/invitation?${new URLSearchParams({ code })}`;
    return html`<p>${strings.signInLead}</p><div class="stack"><a class="button primary" href=${continueTo(call, 'sign-in', path)}>${strings.signIn}</a><a class="button secondary" href=${continueTo(call, 'sign-up', path)}>${strings.signUp}</a></div>`;
  }
  if (refusal || !isFor(invitation, account)) {
    const problem =
      refusal === 'address_taken'
        ? strings.addressTaken
        : fill(strings.otherAddress, { email: isolateLeftToRight(account.email ?? '') });
    return html`${alertBox(problem)}<form class="buttons" method="post" action="${base}/sign-out">${csrfInput(call)}<button class="button secondary">${strings.signOut}</button></form>`;
  }
  return html`<form class="buttons" method="post" action="${base}/invitation">${csrfInput(call)}<input type="hidden" name="code" value=${code}><button class="button primary">${strings.accept}</button></form>`;
}

/** Unknown, used, withdrawn and expired look the same: nothing is told about what is not there. */
export function sendGone(call: PortalCall): Promise<FastifyReply> {
  const { invitation: strings } = membersStrings(call.language);
  return sendPortalPage(call, 404, {
    title: strings.gone,
    lead: strings.goneLead,
    main: html`<p class="buttons"><a class="button secondary" href="${call.base}/apps">${strings.toApps}</a></p>`,
  });
}
