import { authorizationRequest, type PopupParameters } from '../../engine/authorization-request.ts';
import { issueFedcmTicket } from '../../engine/fedcm-ticket.ts';
import { PROVIDER_ROUTES } from '../../engine/provider-routes.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import type { AppEnvironment } from '../../storage/app-environments.ts';

/**
 * Where the browser continues when a person has to be asked something: our own consent page, in a window of the browser. The window has no
 * opener, so a ticket says for which app, page and nonce the browser asked; without one, it hands nothing to FedCM.
 */
export async function continueOn(
  context: RealmContext,
  app: AppEnvironment,
  { origin, accountId, attempt }: { origin: string; accountId: string; attempt: string | undefined },
  request: PopupParameters,
): Promise<string> {
  const asked = { clientId: app.clientId, origin, nonce: request.nonce, accountId, attempt };
  const ticket = await issueFedcmTicket(context, asked);
  const query = authorizationRequest(app, { origin, state: ticket }, request, context.fields);
  query.set('fedcm', ticket);
  return `${context.issuer}${PROVIDER_ROUTES.authorization}?${query}`;
}
