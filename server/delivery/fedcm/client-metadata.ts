import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { askedFor } from '../../engine/authorization-request.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import { disclosableFields } from './consent-by-disclosure.ts';
import { FedcmError } from './fedcm-error.ts';

const querySchema = z.object({ client_id: z.string().min(1).max(64) });

/**
 * GET client-metadata: what the browser's dialog says about the vendor. The widget reads it too: whether this app can use FedCM at all,
 * which claims are asked for when a page names none, and for which fields the browser's dialog is enough. All of it is public.
 */
export async function getClientMetadata(
  { storage, realm, fields }: RealmContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const query = querySchema.safeParse(request.query);
  const app = query.success ? await storage.appEnvironments.findByClientId(query.data.client_id) : undefined;
  if (!app || app.realm !== realm || app.disabled)
    throw new FedcmError('unauthorized_client', 'no app of this realm has the client_id, or it is disabled');
  const { origin } = request.headers;
  reply.header('vary', 'origin').header('cache-control', 'no-cache');
  if (origin !== undefined && app.origins.includes(origin)) reply.header('access-control-allow-origin', origin);
  return reply.send({
    ...(app.privacyPolicyUri && { privacy_policy_url: app.privacyPolicyUri }),
    ...(app.termsUri && { terms_of_service_url: app.termsUri }),
    ...(app.logoUri && URL.canParse(app.logoUri) && { icons: [{ url: app.logoUri }] }),
    default_claims: askedFor(app, undefined, fields),
    disclosable_fields: await disclosableFields(storage, app),
  });
}
