import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { nameOf } from '#domain/apps/members.ts';
import { avatar } from '#pages/avatar.ts';
import { alertBox, csrfInput } from '#pages/forms.ts';
import { fill, isolate, isolateLeftToRight } from '#pages/text.ts';
import { moment } from '#portal/dates.ts';
import { relativeTime } from '#portal/relative-time.ts';
import type { MemberCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import type { AppInvitation } from '#storage/app-invitations.ts';
import type { AppMember } from '#storage/app-members.ts';
import { appPath, sendAppPage } from '../app-layout.ts';
import { appsStrings } from '../strings.ts';
import { en } from './strings/en.ts';
import { membersStrings } from './strings.ts';

/** What has just been done, as the page's address tells it. */
export type MembersDone = keyof typeof en.done;

export function isDoneKey(text: string | undefined): text is MembersDone {
  return text !== undefined && Object.hasOwn(en.done, text);
}

export function membersPath(call: MemberCall): string {
  return `${appPath(call)}/members`;
}

/** @param told what has been done, or why it has not */
export async function sendMembers(
  call: MemberCall,
  status: number,
  told: { done?: MembersDone; problem?: unknown } = {},
): Promise<FastifyReply> {
  const { appMembers, appInvitations } = call.context.storage;
  const strings = membersStrings(call.language);
  const members = await appMembers.list(call.app.id);
  // Whom somebody thinks of inviting is for owners.
  const waiting = call.role === 'owner' ? await appInvitations.list(call.app.id) : [];
  return sendAppPage(call, status, 'members', {
    title: portalStrings(call.language).app.tabs.members,
    lead: strings.lead,
    notice: told.done && strings.done[told.done],
    main: html`${told.problem ? alertBox(told.problem) : nothing}
<section class="card"><ul class="rows">${members.map((member) => memberRow(call, member))}</ul>
${call.role === 'owner' ? html`<div class="buttons"><a class="button primary" href="${membersPath(call)}/invite">${strings.invite.action}</a></div>` : nothing}</section>
${waiting.length === 0 ? nothing : waitingCard(call, waiting)}${leaveCard(call, members)}`,
  });
}

function memberRow(call: MemberCall, member: AppMember): unknown {
  const strings = membersStrings(call.language);
  const { roles } = appsStrings(call.language);
  const name = nameOf(member);
  const isSelf = member.accountId === call.account.id;
  const joined = fill(strings.joined, { when: relativeTime(member.joinedAt, call.language.tag) });
  return html`<li class="row">${avatar(name, call.language.tag)}<span class="grow"><b>${isolate(name)}</b>${isSelf ? html` <span class="tag">${strings.you}</span>` : nothing}<br><span class="small muted">${
    member.email && member.email !== name ? html`${isolateLeftToRight(member.email)} · ` : nothing
  }${joined}</span></span><span class="tag">${roles[member.role]}</span>${
    call.role === 'owner' && !isSelf
      ? html`<span class="actions"><a href="${membersPath(call)}/${member.accountId}">${strings.change}<span class="hidden"> · ${isolate(name)}</span></a></span>`
      : nothing
  }</li>`;
}

function waitingCard(call: MemberCall, invitations: readonly AppInvitation[]): unknown {
  const { waiting } = membersStrings(call.language);
  const { roles } = appsStrings(call.language);
  const form = (invitation: AppInvitation, act: 'again' | 'withdraw') =>
    html`<form method="post" action="${appPath(call)}/invitations/${invitation.id}/${act}">${csrfInput(call)}<button class="link">${waiting[act]}<span class="hidden"> · ${invitation.email}</span></button></form>`;
  return html`<section class="card"><header><h2>${waiting.title}</h2><p class="small muted">${waiting.lead}</p></header>
<ul class="rows">${invitations.map(
    (invitation) =>
      html`<li class="row"><span class="grow"><b>${isolateLeftToRight(invitation.email)}</b><br><span class="small muted">${fill(
        waiting.until,
        { date: moment(invitation.expiresAt, call.language.tag) },
      )}</span></span><span class="tag">${roles[invitation.role]}</span><span class="actions">${form(invitation, 'again')}${form(invitation, 'withdraw')}</span></li>`,
  )}</ul></section>`;
}

/** Behind a disclosure, so that it takes two steps. */
function leaveCard(call: MemberCall, members: readonly AppMember[]): unknown {
  const { leave } = membersStrings(call.language);
  const owners = members.filter(({ role }) => role === 'owner');
  const isLastOwner = call.role === 'owner' && owners.length === 1;
  return html`<section class="card"><header><h2>${leave.title}</h2><p class="small muted">${isLastOwner ? leave.lastOwner : leave.lead}</p></header>
${
  isLastOwner
    ? nothing
    : html`<details class="fold"><summary>${leave.open}</summary><form method="post" action="${membersPath(call)}/leave">${csrfInput(call)}<button class="button danger"><span>${fill(leave.confirm, { app: isolate(call.app.name) })}</span></button></form></details>`
}</section>`;
}
