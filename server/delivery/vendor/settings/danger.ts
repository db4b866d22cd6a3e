import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { nameOf } from '#domain/apps/members.ts';
import { notifyMembers, notifyOwners, ownersOf } from '#domain/apps/notify-owners.ts';
import { callInTransaction } from '#portal/call-in-transaction.ts';
import { forMember, type MemberCall } from '#portal/route.ts';
import { appPath } from '../app-layout.ts';
import { sendDelete } from './danger-page.ts';

const MAX_INPUT_LENGTH = 1_000;
const deleteSchema = z.object({ name: z.string().max(MAX_INPUT_LENGTH).trim().catch('') });

const ON_SETTINGS = { recentSignIn: true, form: { page: '/apps/:appId/settings' } };

export const dangerRoutes = [
  forMember('POST', '/apps/:appId/disable', 'owner', (call) => setDisabled(call, true), ON_SETTINGS),
  forMember('POST', '/apps/:appId/enable', 'owner', (call) => setDisabled(call, false), ON_SETTINGS),
  forMember('GET', '/apps/:appId/delete', 'owner', (call) => sendDelete(call, 200), { recentSignIn: true }),
  forMember('POST', '/apps/:appId/delete', 'owner', postDelete, { recentSignIn: true }),
];

async function setDisabled(call: MemberCall, disabled: boolean): Promise<FastifyReply> {
  const done = disabled ? 'disabled' : 'enabled';
  if (call.app.disabled !== disabled) {
    await callInTransaction(call, async ({ context, app, account, languages, audit }) => {
      await context.storage.apps.setDisabled(app.id, disabled);
      await audit(`app.${done}`, `app:${app.id}`);
      const notice = { kind: `app_${done}`, app: app.name, by: { name: nameOf(account) } } as const;
      await notifyOwners(context, app.id, notice, languages);
    });
  }
  return call.reply.redirect(`${appPath(call)}?done=${done}`, 303);
}

async function postDelete(call: MemberCall): Promise<FastifyReply> {
  const { app, base } = call;
  const { name } = deleteSchema.parse(call.body ?? {});
  if (name !== app.name) return sendDelete(call, 400, name);
  await callInTransaction(call, async ({ context, account, languages, audit }) => {
    const { apps, appEnvironments } = context.storage;
    const [environments, owners] = [await appEnvironments.list(app.id), await ownersOf(context, app.id)];
    await apps.delete(app.id);
    await audit('app.deleted', `app:${app.id}`, { client_ids: environments.map(({ clientId }) => clientId) });
    const notice = { kind: 'app_deleted', app: app.name, by: { name: nameOf(account) } } as const;
    await notifyMembers(context, owners, notice, languages);
  });
  return call.reply.redirect(`${base}/apps?done=deleted`, 303);
}
