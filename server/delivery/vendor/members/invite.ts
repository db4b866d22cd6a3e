import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { z } from 'zod';
import { type InviteResult, invite, inviteAgain } from '#domain/apps/members.ts';
import { alertBox, csrfInput, textField, tooManyAttempts } from '#pages/forms.ts';
import { PortalError } from '#portal/portal-error.ts';
import { forMember, type MemberCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import type { AppRole } from '#storage/app-members.ts';
import { sendAppPage } from '../app-layout.ts';
import { membersPath, sendMembers } from './members-page.ts';
import { roleChoice, roleSchema } from './role-choice.ts';
import { membersStrings } from './strings.ts';

const MAX_EMAIL_LENGTH = 254;
const PATH = '/apps/:appId/members/invite';
const INVITATION = '/apps/:appId/invitations/:invitationId';

export const inviteRoutes = [
  forMember('GET', PATH, 'owner', getInvite, { fresh: true }),
  forMember('POST', PATH, 'owner', postInvite, { fresh: true, form: { keeps: ['email', 'role'] } }),
  forMember('POST', `${INVITATION}/again`, 'owner', postAgain, { fresh: true, form: { page: '/apps/:appId/members' } }),
  forMember('POST', `${INVITATION}/withdraw`, 'owner', postWithdraw),
];

interface InviteForm {
  email: string;
  role: AppRole;
}

const emailSchema = z.email().max(MAX_EMAIL_LENGTH);
const inviteSchema = roleSchema.extend({ email: z.string().trim() });

async function getInvite(call: MemberCall): Promise<FastifyReply> {
  return sendInvite(call, 200, inviteSchema.safeParse(call.kept).data ?? { email: '', role: 'developer' });
}

async function postInvite(call: MemberCall): Promise<FastifyReply> {
  const parsed = inviteSchema.safeParse(call.body);
  if (!parsed.success) throw new PortalError('invalid_request');
  const form = parsed.data;
  const { problems } = membersStrings(call.language);
  if (!emailSchema.safeParse(form.email).success) return sendInvite(call, 400, form, { email: problems.email });
  const result = await invite(call.context, call, form);
  if (result.outcome === 'already_member') return sendInvite(call, 400, form, { email: problems.already_member });
  if (result.outcome !== 'sent')
    return sendInvite(call, statusOf(call, result), form, { form: problemOf(call, result) });
  await call.audit('invitation.sent', `app:${call.app.id}`, { invitation: result.invitation.id, role: form.role });
  return call.reply.redirect(`${membersPath(call)}?done=invited`, 303);
}

function sendInvite(
  call: MemberCall,
  status: number,
  form: InviteForm,
  errors: { email?: string; form?: unknown } = {},
): Promise<FastifyReply> {
  const strings = membersStrings(call.language);
  const general = portalStrings(call.language);
  return sendAppPage(call, status, 'members', {
    title: strings.invite.title.replace('{app}', () => call.app.name),
    lead: strings.invite.lead,
    main: html`${errors.form ? alertBox(errors.form) : nothing}
<form class="card stack slim" method="post" action="${membersPath(call)}/invite" novalidate>${csrfInput(call)}
${textField({
  name: 'email',
  label: strings.invite.email,
  type: 'email',
  value: form.email,
  // Somebody else's: the browser knows none that would do.
  autocomplete: 'off',
  direction: 'ltr',
  required: true,
  autofocus: true,
  error: errors.email,
})}
${roleChoice(call, form.role)}
<div class="buttons"><button class="button primary">${strings.invite.submit}</button><a class="button secondary" href=${membersPath(call)}>${general.cancel}</a></div></form>`,
  });
}

async function postAgain(call: MemberCall): Promise<FastifyReply> {
  const result = await inviteAgain(call.context, call, invitationIdOf(call));
  if (result.outcome === 'not_waiting') throw new PortalError('not_found');
  if (result.outcome !== 'sent') {
    return sendMembers(call, statusOf(call, result), { problem: problemOf(call, result) });
  }
  await call.audit('invitation.sent', `app:${call.app.id}`, {
    invitation: result.invitation.id,
    role: result.invitation.role,
  });
  return call.reply.redirect(`${membersPath(call)}?done=invited`, 303);
}

async function postWithdraw(call: MemberCall): Promise<FastifyReply> {
  const withdrawn = await call.context.storage.appInvitations.withdraw(call.app.id, invitationIdOf(call));
  if (!withdrawn) throw new PortalError('not_found');
  await call.audit('invitation.withdrawn', `app:${call.app.id}`, { invitation: withdrawn.id, role: withdrawn.role });
  return call.reply.redirect(`${membersPath(call)}?done=withdrawn`, 303);
}

function invitationIdOf({ params }: MemberCall): string {
  const { invitationId = '' } = params;
  if (!/^[\w-]{1,64}$/.test(invitationId)) throw new PortalError('not_found');
  return invitationId;
}

type Refusal = Exclude<InviteResult, { outcome: 'sent' }>;

function statusOf({ reply }: MemberCall, refusal: Refusal): number {
  if (refusal.outcome !== 'too_many_attempts') return 400;
  reply.header('retry-after', Math.ceil(refusal.retryAfterMs / 1000));
  return 429;
}

function problemOf({ language }: MemberCall, refusal: Refusal): unknown {
  const { problems } = membersStrings(language);
  switch (refusal.outcome) {
    case 'too_many_attempts':
      return tooManyAttempts(Math.ceil(refusal.retryAfterMs / 60_000), language);
    case 'not_waiting':
      throw new PortalError('not_found');
    default:
      return problems[refusal.outcome];
  }
}
