import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { nameOf } from '#domain/apps/members.ts';
import { avatar } from '#pages/avatar.ts';
import { alertBox, formFrame } from '#pages/forms.ts';
import { keptMailNote } from '#pages/kept-mail.ts';
import { isolate, isolateLeftToRight } from '#pages/text.ts';
import { day, moment } from '#pages/time.ts';
import { warning } from '#portal/layout.ts';
import type { MemberCall } from '#portal/route.ts';
import type { AppInvitation } from '#storage/app-invitations.ts';
import type { AppMember } from '#storage/app-members.ts';
import { appPath, sendAppPage } from '../app-layout.ts';
import { cardHeader } from '../card-header.ts';
import { linkButton } from '../form-buttons.ts';

/** What has just been done, as the page's address tells it. */
export const MEMBERS_DONE = [
  'invited',
  'invitation_kept',
  'invitation_unsent',
  'withdrawn',
  'role_changed',
  'removed',
  'joined',
] as const;
export type MembersDone = (typeof MEMBERS_DONE)[number];
/** Done, but no mail was sent: somebody has to pass on the link, or wait. */
const isWarning = (done: MembersDone) => done === 'invitation_unsent' || done === 'invitation_kept';

export function membersPath(call: MemberCall): string {
  return `${appPath(call)}/members`;
}

/** @param told what has been done, or why it has not */
export async function sendMembers(
  call: MemberCall,
  status: number,
  told: { done?: MembersDone | undefined; problem?: unknown } = {},
): Promise<FastifyReply> {
  const { appMembers, appInvitations } = call.context.storage;
  const { t } = call.language;
  const members = await appMembers.list(call.app.id);
  // Only owners see whom others plan to work with.
  const waiting = call.role === 'owner' ? await appInvitations.list(call.app.id) : [];
  return sendAppPage(call, status, 'members', {
    title: t('vendor.app.tabs.members'),
    lead: t('vendor.members.lead'),
    notice: told.done && !isWarning(told.done) ? doneText(call, told.done) : undefined,
    main: html`${told.problem ? alertBox(told.problem) : nothing}
${told.done && isWarning(told.done) ? warning(doneText(call, told.done)) : nothing}
<section class="card"><ul class="rows">${members.map((member) => memberRow(call, member))}</ul>
${call.role === 'owner' ? inviteButton(call) : nothing}</section>
${waiting.length === 0 ? nothing : waitingCard(call, waiting)}${leaveCard(call, members)}`,
  });
}

function doneText(call: MemberCall, done: MembersDone): unknown {
  const { t } = call.language;
  if (done !== 'invitation_kept') return t(`vendor.members.done.${done}`);
  const mail = (words: unknown) => html`<a href=${`${appPath(call)}/mail`}>${words}</a>`;
  return t.rich('vendor.members.done.invitation_kept', { mail });
}

function inviteButton(call: MemberCall): unknown {
  const label = call.language.t('vendor.members.invite.action');
  return html`<div class="buttons">${linkButton(`${membersPath(call)}/invite`, label, 'primary')}</div>`;
}

function memberRow(call: MemberCall, member: AppMember): unknown {
  const { language } = call;
  const { t } = language;
  const name = nameOf(member);
  const isSelf = member.accountId === call.account.id;
  const email = member.email && member.email !== name ? html`${isolateLeftToRight(member.email)} · ` : nothing;
  const joined = t.rich('vendor.members.joined', { date: day(member.joinedAt, language) });
  const change = html`<span class="actions"><a
 href="${membersPath(call)}/${member.accountId}">${t('vendor.members.change')}<span
 class="hidden"> · ${isolate(name)}</span></a></span>`;
  return html`<li class="row">${avatar(name, language.tag)}<span class="grow"><b>${isolate(name)}</b>${
    isSelf ? html` <span class="tag">${t('vendor.members.you')}</span>` : nothing
  }<br><span class="small muted">${email}${joined}</span></span><span
 class="tag">${t(`vendor.roles.${member.role}`)}</span>${call.role === 'owner' && !isSelf ? change : nothing}</li>`;
}

function waitingCard(call: MemberCall, invitations: readonly AppInvitation[]): unknown {
  const { t } = call.language;
  return html`<section class="card">${cardHeader(t('vendor.members.waiting.title'), t('vendor.members.waiting.lead'))}
${keptMailNote(call.context.config, call.language)}
<ul class="rows">${invitations.map((invitation) => waitingRow(call, invitation))}</ul></section>`;
}

function waitingRow(call: MemberCall, invitation: AppInvitation): unknown {
  const { language } = call;
  const { t } = language;
  const email = isolateLeftToRight(invitation.email);
  const until = t.rich('vendor.members.waiting.until', { date: moment(invitation.expiresAt, language) });
  const button = (act: 'again' | 'withdraw') =>
    formFrame(
      { action: `${appPath(call)}/invitations/${invitation.id}/${act}`, csrf: call.csrf },
      html`<button class="link">${t(`vendor.members.waiting.${act}`)}<span class="hidden"> · ${email}</span></button>`,
    );
  return html`<li class="row"><span class="grow"><b>${email}</b><br><span
 class="small muted">${until}</span></span><span class="tag">${t(`vendor.roles.${invitation.role}`)}</span><span
 class="actions">${button('again')}${button('withdraw')}</span></li>`;
}

/** Leaving is behind a disclosure, so that it takes two steps. */
function leaveCard(call: MemberCall, members: readonly AppMember[]): unknown {
  const { t } = call.language;
  const owners = members.filter(({ role }) => role === 'owner');
  const isLastOwner = call.role === 'owner' && owners.length === 1;
  const title = t('vendor.members.leave.title');
  if (isLastOwner) {
    return html`<section class="card">${cardHeader(title, t('vendor.members.leave.lastOwner'))}</section>`;
  }
  const confirm = t.rich('vendor.members.leave.confirm', { app: isolate(call.app.name) });
  const form = formFrame(
    { action: `${membersPath(call)}/leave`, csrf: call.csrf },
    html`<button class="button danger"><span>${confirm}</span></button>`,
  );
  return html`<section class="card">${cardHeader(title, t('vendor.members.leave.lead'))}
<details class="fold"><summary>${t('vendor.members.leave.open')}</summary>${form}</details></section>`;
}
