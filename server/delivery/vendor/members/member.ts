import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { nameOf } from '#domain/apps/members.ts';
import { notifyMembers, notifyOwners, ownersOf } from '#domain/apps/notify-owners.ts';
import { alertBox, csrfInput } from '#pages/forms.ts';
import { fill, isolate, isolateLeftToRight } from '#pages/text.ts';
import { callInTransaction } from '#portal/call-in-transaction.ts';
import { PortalError } from '#portal/portal-error.ts';
import { forMember, type MemberCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import type { AppMember } from '#storage/app-members.ts';
import { sendAppPage } from '../app-layout.ts';
import { membersPath } from './members-page.ts';
import { roleChoice, roleSchema } from './role-choice.ts';
import { membersStrings } from './strings.ts';

const PATH = '/apps/:appId/members/:accountId';

export const memberRoutes = [
  forMember('GET', PATH, 'owner', getMember, { fresh: true }),
  forMember('POST', `${PATH}/role`, 'owner', postRole, { fresh: true, form: { page: PATH, keeps: ['role'] } }),
  forMember('POST', `${PATH}/remove`, 'owner', postRemove, { fresh: true, form: { page: PATH } }),
];

/** @throws PortalError `not_found` for who is no member of this app */
async function memberOf(call: MemberCall): Promise<AppMember> {
  const members = await call.context.storage.appMembers.list(call.app.id);
  const member = members.find(({ accountId }) => accountId === call.params['accountId']);
  if (!member) throw new PortalError('not_found');
  return member;
}

async function getMember(call: MemberCall): Promise<FastifyReply> {
  const member = await memberOf(call);
  return sendMember(call, 200, { ...member, ...roleSchema.safeParse(call.kept).data });
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
  const outcome = await callInTransaction(call, async ({ context, app, account, languages, audit }) => {
    const changed = await context.storage.appMembers.changeRole(app.id, member.accountId, role);
    if (changed !== 'done' || member.role === role) return changed;
    const change = { account: member.accountId, from: member.role, to: role };
    await audit('member.role_changed', `app:${app.id}`, change);
    const about = { app: app.name, role, by: { name: nameOf(account) } };
    // One mail is enough for who owns the app and is meant.
    const others = (await ownersOf(context, app.id)).filter(({ accountId }) => accountId !== member.accountId);
    const notice = { kind: 'member_role_changed', member: nameOf(member), ...about } as const;
    await notifyMembers(context, others, notice, languages);
    await notifyMembers(context, [member], { kind: 'own_role_changed', ...about }, languages);
    return changed;
  });
  if (outcome === 'not_member') throw new PortalError('not_found');
  if (outcome === 'last_owner') return sendMember(call, 400, member);
  return call.reply.redirect(`${membersPath(call)}?done=role_changed`, 303);
}

async function postRemove(call: MemberCall): Promise<FastifyReply> {
  const member = await memberOf(call);
  const outcome = await callInTransaction(call, async ({ context, app, account, languages, audit }) => {
    const removed = await context.storage.appMembers.remove(app.id, member.accountId);
    if (removed !== 'done') return removed;
    await audit('member.removed', `app:${app.id}`, { account: member.accountId, role: member.role });
    const about = { app: app.name, by: { name: nameOf(account) } };
    await notifyOwners(context, app.id, { kind: 'member_removed', member: nameOf(member), ...about }, languages);
    await notifyMembers(context, [member], { kind: 'removed_from_app', ...about }, languages);
    return removed;
  });
  if (outcome === 'not_member') throw new PortalError('not_found');
  if (outcome === 'last_owner') return sendMember(call, 400, member);
  // Who has removed themselves sees the app no more.
  const isSelf = member.accountId === call.account.id;
  return call.reply.redirect(isSelf ? `${call.base}/apps` : `${membersPath(call)}?done=removed`, 303);
}
