import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { checkCalledAddress } from '#domain/apps/environment-addresses.ts';
import { callInTransaction } from '#portal/call-in-transaction.ts';
import { type EnvironmentCall, forEnvironment } from '#portal/route.ts';
import { environmentPath } from '../app-layout.ts';
import type { SetupDone } from './done.ts';
import { showSetup } from './show-setup.ts';

const MAX_INPUT_LENGTH = 2_000;
const PATH = '/apps/:appId/:environment';
const formSchema = z.object({ backchannel_logout_uri: z.string().max(MAX_INPUT_LENGTH).trim().catch('') });

export const backchannelRoutes = [
  forEnvironment('POST', `${PATH}/backchannel-logout`, 'developer', saveUri, {
    recentSignIn: 'in production',
    form: { page: PATH, keeps: ['backchannel_logout_uri'] },
  }),
  forEnvironment('POST', `${PATH}/backchannel-logout/remove`, 'developer', removeUri),
];

async function saveUri(call: EnvironmentCall): Promise<FastifyReply> {
  const { backchannel_logout_uri: uri } = formSchema.parse(call.body ?? {});
  const { context, environment } = call;
  const refusal = checkCalledAddress('backchannelLogoutUri', environment.environment, context.config.publicUrl, uri);
  if (refusal) return showSetup(call, 400, { attempt: { backchannel: { typed: uri, refusal } } });
  await setUri(call, uri);
  return finish(call, 'backchannel_saved');
}

async function removeUri(call: EnvironmentCall): Promise<FastifyReply> {
  await setUri(call, undefined);
  return finish(call, 'backchannel_removed');
}

async function setUri(call: EnvironmentCall, uri: string | undefined): Promise<void> {
  const { clientId } = call.environment;
  await callInTransaction(call, async (part) => {
    await part.context.storage.appEnvironments.setBackchannelLogoutUri(clientId, uri);
    // Its query may contain a secret, which does not belong in the audit log.
    const endpoint = uri?.split('?', 1)[0] ?? null;
    await part.audit('environment.backchannel_logout_changed', `environment:${clientId}`, { endpoint });
  });
}

function finish(call: EnvironmentCall, done: SetupDone): FastifyReply {
  return call.reply.redirect(`${environmentPath(call)}?done=${done}`, 303);
}
