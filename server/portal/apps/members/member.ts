import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { nameOf } from '../../../apps/members.ts';
import { alertBox, csrfInput } from '../../../pages/forms.ts';
import { fill, isolate, isolateLeftToRight } from '../../../pages/text.ts';
import type { AppMember } from '../../../storage/app-members.ts';
import { PortalError } from '../../portal-error.ts';
import { forMember, type MemberCall } from '../../route.ts';
import { portalStrings } from '../../strings.ts';
import { sendAppPage } from '../app-layout.ts';
import { membersPath } from './members-page.ts';
import { roleChoice, roleSchema } from './role-choice.ts';
import { membersStrings } from './strings.ts';

const PATH = '/apps/:appId/members/:accountId';

export const memberRoutes = [
  forMember('GET', PATH, 'owner', async (call) => sendMember(call, 200, await memberOf(call)), { fresh: true }),
  forMember('POST', `${PATH}/role`, 'owner', postRole, { fresh: true }),
  forMember('POST', `${PATH}/remove`, 'owner', postRemove, { fresh: true }),
];

/** @throws PortalError `not_found` for who is no member of this app */
async function memberOf(call: MemberCall): Promise<AppMember> {
  const members = await call.context.storage.appMembers.list(call.app.id);
  const member = members.find(({ accountId }) => accountId === call.params['accountId']);
  if (!member) throw new PortalError('not_found');
  return member;
}

function sendMember(call: MemberCall, status: number, member: AppMember): Promise<FastifyReply> {
  const strings = membersStrings(call.language);
  const general = portalStrings(call.language);
  const name = nameOf(member);
  const path = `${membersPath(call)}/${member.accountId}`;
  return sendAppPage(call, status, 'members', {
    title: name,
    lead: member.email && member.email !== name ? isolateLeftToRight(member.email) : undefined,
    main: html`${status === 400 ? alertBox(strings.problems.last_owner) : nothing}
<form class="card stack slim" method="post" action="${path}/role">${csrfInput(call)}${roleChoice(call, member.role)}
<div class="buttons"><button class="button primary">${strings.member.save}</button><a class="button secondary" href=${membersPath(call)}>${general.cancel}</a></div></form>
<section class="card danger-zone slim"><header><h2>${strings.member.remove}</h2><p class="small muted">${strings.member.removeLead}</p></header>
<form class="buttons" method="post" action="${path}/remove">${csrfInput(call)}<button class="button danger"><span>${fill(strings.member.removeConfirm, { name: isolate(name) })}</span></button></form></section>`,
  });
}

async function postRole(call: MemberCall): Promise<FastifyReply> {
  const parsed = roleSchema.safeParse(call.body);
  if (!parsed.success) throw new PortalError('invalid_request');
  const { role } = parsed.data;
  const member = await memberOf(call);
  const outcome = await call.context.storage.appMembers.changeRole(call.app.id, member.accountId, role);
  if (outcome === 'not_member') throw new PortalError('not_found');
  if (outcome === 'last_owner') return sendMember(call, 400, member);
  await call.audit('member.role_changed', `app:${call.app.id}`, {
    account: member.accountId,
    from: member.role,
    to: role,
  });
  return call.reply.redirect(`${membersPath(call)}?done=role_changed`, 303);
}

async function postRemove(call: MemberCall): Promise<FastifyReply> {
  const member = await memberOf(call);
  const outcome = await call.context.storage.appMembers.remove(call.app.id, member.accountId);
  if (outcome === 'not_member') throw new PortalError('not_found');
  if (outcome === 'last_owner') return sendMember(call, 400, member);
  await call.audit('member.removed', `app:${call.app.id}`, { account: member.accountId, role: member.role });
  // Who has removed themselves sees the app no more.
  const isSelf = member.accountId === call.account.id;
  return call.reply.redirect(isSelf ? `${call.base}/apps` : `${membersPath(call)}?done=removed`, 303);
}
