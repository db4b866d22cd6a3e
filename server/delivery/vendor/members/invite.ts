import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { z } from 'zod';
import { parseEmail } from '#domain/accounts/credential-schemas.ts';
import {
  INVITATION_LIFETIME_DAYS,
  type InviteResult,
  type Inviter,
  invite,
  inviteAgain,
} from '#domain/apps/members.ts';
import { retryAfter } from '#http/retry-after.ts';
import { alertBox, formFrame, textField, tooManyAttempts } from '#pages/forms.ts';
import { PortalError } from '#portal/portal-error.ts';
import { forMember, type MemberCall } from '#portal/route.ts';
import type { AppRole } from '#storage/app-members.ts';
import { sendAppPage } from '../app-layout.ts';
import { formButtons } from '../form-buttons.ts';
import { membersPath, sendMembers } from './members-page.ts';
import { roleChoice, roleSchema } from './role-choice.ts';

const PATH = '/apps/:appId/members/invite';
const INVITATION = '/apps/:appId/invitations/:invitationId';

export const inviteRoutes = [
  forMember('GET', PATH, 'owner', getInvite, { recentSignIn: true }),
  forMember('POST', PATH, 'owner', postInvite, { recentSignIn: true, form: { keeps: ['email', 'role'] } }),
  forMember('POST', `${INVITATION}/again`, 'owner', postAgain, {
    recentSignIn: true,
    form: { page: '/apps/:appId/members' },
  }),
  forMember('POST', `${INVITATION}/withdraw`, 'owner', postWithdraw),
];

interface InviteForm {
  email: string;
  role: AppRole;
}

const inviteSchema = roleSchema.extend({ email: z.string().trim() });

async function getInvite(call: MemberCall): Promise<FastifyReply> {
  return sendInvite(call, 200, inviteSchema.safeParse(call.kept).data ?? { email: '', role: 'developer' });
}

async function postInvite(call: MemberCall): Promise<FastifyReply> {
  const parsed = inviteSchema.safeParse(call.body);
  if (!parsed.success) throw new PortalError('invalid_request');
  const form = parsed.data;
  const { t } = call.language;
  const checked = parseEmail(form.email);
  if ('problem' in checked) return sendInvite(call, 400, form, { email: t('vendor.members.problems.email') });
  const result = await invite(call.context, inviterOf(call), { ...form, email: checked.email });
  if (result.outcome === 'already_member') {
    return sendInvite(call, 400, form, { email: t('vendor.members.problems.already_member') });
  }
  if (!('invitation' in result)) {
    return sendInvite(call, statusOf(call, result), form, { form: problemOf(call, result) });
  }
  return invited(call, result);
}

function sendInvite(
  call: MemberCall,
  status: number,
  form: InviteForm,
  errors: { email?: string; form?: unknown } = {},
): Promise<FastifyReply> {
  const { t, isolate, duration } = call.language;
  return sendAppPage(call, status, 'members', {
    title: t('vendor.members.invite.title', { app: isolate(call.app.name) }),
    lead: t('vendor.members.invite.lead', { duration: duration(INVITATION_LIFETIME_DAYS, 'day') }),
    main: html`${errors.form ? alertBox(errors.form) : nothing}
${inviteForm(call, form, errors.email)}`,
  });
}

function inviteForm(call: MemberCall, { email, role }: InviteForm, error: string | undefined): unknown {
  const { t } = call.language;
  const field = textField({
    name: 'email',
    label: t('vendor.members.invite.email'),
    type: 'email',
    value: email,
    // The browser would fill in the owner's own address.
    autocomplete: 'off',
    direction: 'ltr',
    required: true,
    autofocus: true,
    error,
  });
  const buttons = formButtons(call, { submit: t('vendor.members.invite.submit'), cancel: membersPath(call) });
  return formFrame(
    { action: `${membersPath(call)}/invite`, csrf: call.csrf, layout: 'card stack slim', novalidate: true },
    html`
${field}
${roleChoice(call, role)}
${buttons}`,
  );
}

async function postAgain(call: MemberCall): Promise<FastifyReply> {
  const result = await inviteAgain(call.context, inviterOf(call), invitationIdOf(call));
  if (result.outcome === 'not_waiting') throw new PortalError('not_found');
  if (!('invitation' in result)) {
    return sendMembers(call, statusOf(call, result), { problem: problemOf(call, result) });
  }
  return invited(call, result);
}

function inviterOf({ app, account, languages, request }: MemberCall): Inviter {
  return { app, account, languages, address: request.ip };
}

const DONE = { sent: 'invited', kept: 'invitation_kept', unsent: 'invitation_unsent' } as const;

async function invited(call: MemberCall, { outcome, invitation: { id, role } }: Invited): Promise<FastifyReply> {
  await call.audit('invitation.sent', `app:${call.app.id}`, { invitation: id, role, mailed: outcome === 'sent' });
  return call.reply.redirect(`${membersPath(call)}?done=${DONE[outcome]}`, 303);
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

type Invited = Extract<InviteResult, { outcome: 'sent' | 'kept' | 'unsent' }>;
type Refusal = Exclude<InviteResult, Invited>;

function statusOf({ reply }: MemberCall, refusal: Refusal): number {
  if (refusal.outcome !== 'too_many_attempts') return 400;
  retryAfter(reply, refusal.retryAfterMs);
  return 429;
}

function problemOf({ language }: MemberCall, refusal: Refusal): unknown {
  switch (refusal.outcome) {
    case 'too_many_attempts':
      return tooManyAttempts(Math.ceil(refusal.retryAfterMs / 60_000), language);
    case 'not_waiting':
      throw new PortalError('not_found');
    default:
      return language.t(`vendor.members.problems.${refusal.outcome}`);
  }
}
