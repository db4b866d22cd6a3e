import { FORM_POST, RESPONSE_ERRORS, WEB_MESSAGE } from '@signup-with-platform/protocol';
import type { FastifyRequest } from 'fastify';
import { findInteraction } from '../../engine/interactions.ts';
import { mayRedirectTo } from '../../engine/native-app.ts';
import type { Provider } from '../../engine/provider-types.ts';
import { withFragment, withQuery } from '../../http/add-parameters.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import type { WayBack } from './pages/models.ts';

/**
 * Where a person can go when a step has failed and no window was opened: to the redirect URI, with the answer that they cancelled. Only the
 * browser of the interaction gets it, because the address contains the vendor's state, and only while the URI is registered.
 */
export async function wayBackOf(
  context: RealmContext,
  provider: Provider,
  request: FastifyRequest,
): Promise<WayBack | undefined> {
  const { issuer, storage } = context;
  const { uid } = request.params as { uid: string };
  const interaction = await findInteraction(context, provider, request.raw, uid);
  if (!interaction) return undefined;
  const { client_id: clientId, redirect_uri: uri, response_mode: mode = 'query', state } = interaction.params;
  if (mode === WEB_MESSAGE || typeof uri !== 'string') return undefined;
  const app = await storage.appEnvironments.findByClientId(String(clientId));
  if (!app || app.disabled || !mayRedirectTo(app, uri)) return undefined;
  const response = {
    error: RESPONSE_ERRORS.ACCESS_DENIED,
    ...(typeof state === 'string' && { state }),
    iss: issuer,
  };
  if (mode === FORM_POST) return { uri, vendor: app.name, fields: response };
  const answered = mode === 'fragment' ? withFragment(uri, response) : withQuery(uri, response);
  return { uri: answered, vendor: app.name };
}
