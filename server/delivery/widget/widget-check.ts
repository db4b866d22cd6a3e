import { compareFields } from '@signup-with-platform/protocol';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Throttle } from '../../domain/throttle/throttle.ts';
import type { AppEnvironment, AppEnvironmentRepository } from '../../storage/app-environments.ts';

const MAX_PARAMETER_LENGTH = 1_000;
const parameter = z.string().min(1).max(MAX_PARAMETER_LENGTH);
const querySchema = z.object({
  client_id: parameter,
  origin: parameter,
  redirect_uri: parameter.optional(),
  fields: parameter.optional(),
});

/** The answer to the widget's `debug` attribute. */
export interface WidgetCheck {
  known: boolean;
  enabled?: boolean;
  environment?: AppEnvironment['environment'];
  originRegistered?: boolean;
  redirectUriRegistered?: boolean;
  /** Those of `fields` that the app has not registered. */
  unregisteredFields?: readonly string[] | undefined;
  /** True when the app registered no field as required. */
  requiresNothing?: boolean | undefined;
  /** The server's time, in milliseconds since the epoch. */
  now: number;
}

/**
 * Adds `GET /widget/check`, which says whether a client ID and an origin are registered, and the server's time. `/popup` tells anybody the
 * same, and no cookie is read, so any page may read the answer.
 */
export function addWidgetCheck(
  app: FastifyInstance,
  {
    appEnvironments,
    throttle,
  }: { appEnvironments: Pick<AppEnvironmentRepository, 'findByClientId'>; throttle: Throttle },
): void {
  app.get('/widget/check', async (request, reply) => {
    reply.header('access-control-allow-origin', '*');
    reply.header('access-control-expose-headers', 'retry-after');
    reply.header('cross-origin-resource-policy', 'cross-origin');
    reply.header('cache-control', 'no-store');
    const waitMs = await throttle.count('widgetCheck', { address: request.ip });
    if (waitMs > 0) {
      return reply
        .code(429)
        .header('retry-after', Math.ceil(waitMs / 1000))
        .send({ error: 'too_many_requests' });
    }
    const query = querySchema.safeParse(request.query);
    if (!query.success) return reply.code(400).send({ error: 'invalid_request' });
    return answer(await appEnvironments.findByClientId(query.data.client_id), query.data);
  });
}

/** Checks in the same order as `/popup`, and reveals nothing beyond the first check that fails. */
function answer(
  app: AppEnvironment | undefined,
  { origin, redirect_uri: redirectUri, fields }: z.infer<typeof querySchema>,
): WidgetCheck {
  const now = Date.now();
  if (!app) return { known: false, now };
  if (app.disabled) return { known: true, enabled: false, now };
  const originRegistered = app.origins.includes(origin);
  return {
    known: true,
    enabled: true,
    environment: app.environment,
    originRegistered,
    ...(originRegistered ? compareFields(app.fields, fields) : {}),
    ...(originRegistered &&
      redirectUri !== undefined && { redirectUriRegistered: app.redirectUris.includes(redirectUri) }),
    now,
  };
}
