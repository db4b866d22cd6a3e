import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { nameOf } from '#domain/apps/members.ts';
import { notifyMembers, notifyOwners, ownersOf } from '#domain/apps/notify-owners.ts';
import { alertBox, formFrame } from '#pages/forms.ts';
import { isolate, isolateLeftToRight } from '#pages/text.ts';
import { callInTransaction } from '#portal/call-in-transaction.ts';
import { PortalError } from '#portal/portal-error.ts';
import { forMember, type MemberCall } from '#portal/route.ts';
import type { AppMember } from '#storage/app-members.ts';
import { sendAppPage } from '../app-layout.ts';
import { cardHeader } from '../card-header.ts';
import { formButtons } from '../form-buttons.ts';
import { membersPath } from './members-page.ts';
import { roleChoice, roleSchema } from './role-choice.ts';

const PATH = '/apps/:appId/members/:accountId';

export const memberRoutes = [
  forMember('GET', PATH, 'owner', getMember, { recentSignIn: true }),
  forMember('POST', `${PATH}/role`, 'owner', postRole, { recentSignIn: true, form: { page: PATH, keeps: ['role'] } }),
  forMember('POST', `${PATH}/remove`, 'owner', postRemove, { recentSignIn: true, form: { page: PATH } }),
];

/** The member whom the address names. @throws PortalError `not_found` when this app has no such member */
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
  const { t, isolate } = call.language;
  const name = nameOf(member);
  return sendAppPage(call, status, 'members', {
    title: isolate(name),
    lead: member.email && member.email !== name ? isolateLeftToRight(member.email) : undefined,
    main: html`${status === 400 ? alertBox(t('vendor.members.problems.last_owner')) : nothing}
${roleForm(call, member)}
${removeCard(call, member)}`,
  });
}

const memberPath = (call: MemberCall, { accountId }: AppMember) => `${membersPath(call)}/${accountId}`;

function roleForm(call: MemberCall, member: AppMember): unknown {
  const submit = call.language.t('vendor.members.member.save');
  return formFrame(
    { action: `${memberPath(call, member)}/role`, csrf: call.csrf, layout: 'card stack slim' },
    html`${roleChoice(call, member.role)}
${formButtons(call, { submit, cancel: membersPath(call) })}`,
  );
}

function removeCard(call: MemberCall, member: AppMember): unknown {
  const { t } = call.language;
  const header = cardHeader(t('vendor.members.member.remove'), t('vendor.members.member.removeLead'));
  const confirm = t.rich('vendor.members.member.removeConfirm', { name: isolate(nameOf(member)) });
  const form = formFrame(
    { action: `${memberPath(call, member)}/remove`, csrf: call.csrf, layout: 'buttons' },
    html`<button class="button danger"><span>${confirm}</span></button>`,
  );
  return html`<section class="card danger-zone slim">${header}
${form}</section>`;
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
    // An owner whose own role changes gets one mail and not two.
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
  // People who removed themselves can no longer see the app.
  const isSelf = member.accountId === call.account.id;
  return call.reply.redirect(isSelf ? `${call.base}/apps` : `${membersPath(call)}?done=removed`, 303);
}
