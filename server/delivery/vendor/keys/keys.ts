import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type EnvironmentCall, forEnvironment } from '#portal/route.ts';
import { createKeyRoutes } from './create-key.ts';
import { KEYS_DONE, sendKeys } from './keys-page.ts';
import { replaceKeyRoutes } from './replace-key.ts';
import { revokeKeyRoutes } from './revoke-key.ts';
import { secretRoutes } from './secret.ts';

/** The client secret and the API keys of an environment. */
export const keyRoutes = [
  forEnvironment('GET', '/apps/:appId/:environment/keys', 'read-only', getKeys),
  ...secretRoutes,
  ...createKeyRoutes,
  ...replaceKeyRoutes,
  ...revokeKeyRoutes,
];

const querySchema = z.object({ done: z.enum(KEYS_DONE).optional().catch(undefined) });

async function getKeys(call: EnvironmentCall): Promise<FastifyReply> {
  const { done } = querySchema.parse(call.query ?? {});
  const keys = await call.context.storage.apiKeys.list(call.environment.clientId);
  return sendKeys(call, keys, done);
}
