import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { forMember, type MemberCall } from '../../route.ts';
import { appPath } from '../app-layout.ts';
import { sendDelete } from './danger-page.ts';

const MAX_INPUT_LENGTH = 1_000;
const deleteSchema = z.object({ name: z.string().max(MAX_INPUT_LENGTH).trim().catch('') });

export const dangerRoutes = [
  forMember('POST', '/apps/:appId/disable', 'owner', (call) => setDisabled(call, true), { fresh: true }),
  forMember('POST', '/apps/:appId/enable', 'owner', (call) => setDisabled(call, false), { fresh: true }),
  forMember('GET', '/apps/:appId/delete', 'owner', (call) => sendDelete(call, 200), { fresh: true }),
  forMember('POST', '/apps/:appId/delete', 'owner', postDelete, { fresh: true }),
];

async function setDisabled(call: MemberCall, disabled: boolean): Promise<FastifyReply> {
  await call.context.storage.apps.setDisabled(call.app.id, disabled);
  const done = disabled ? 'disabled' : 'enabled';
  await call.audit(`app.${done}`, `app:${call.app.id}`);
  return call.reply.redirect(`${appPath(call)}?done=${done}`, 303);
}

async function postDelete(call: MemberCall): Promise<FastifyReply> {
  const { app, context, base } = call;
  const { name } = deleteSchema.parse(call.body ?? {});
  if (name !== app.name) return sendDelete(call, 400, name);
  const environments = await context.storage.apps.listEnvironments(app.id);
  await context.storage.apps.delete(app.id);
  await call.audit('app.deleted', `app:${app.id}`, { client_ids: environments.map(({ clientId }) => clientId) });
  return call.reply.redirect(`${base}/apps?done=deleted`, 303);
}
