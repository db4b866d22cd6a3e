import { issuerOf } from '@signup-with-platform/protocol';
import { misplacedCredentials } from '../domain/apps/misplaced-credentials.ts';
import type { EventDetails } from '../events/app-event.ts';
import type { RealmContext } from '../http/realm-context.ts';
import type { AppEnvironment } from '../storage/app-environments.ts';
import type { presentedClient } from './presented-client.ts';

type Context = Pick<RealmContext, 'config' | 'realm' | 'storage'>;

/** Why the engine does not know an app that exists, for the log of that app. Undefined when it should have. */
export function whyNotFound(context: Context, app: AppEnvironment): EventDetails['popup.refused'] | undefined {
  if (app.realm !== context.realm) return { reason: 'other_issuer', ...otherIssuer(context, app) };
  if (!app.disabled) return undefined;
  return { reason: app.standing === 'pending' || app.standing === 'declined' ? 'app_not_approved' : 'app_disabled' };
}

/** Why a client was not authenticated, for the log of the app that it names. Undefined when there is no such app. */
export async function whyNotAuthenticated(
  context: Context,
  { clientId, secret = '' }: ReturnType<typeof presentedClient>,
): Promise<{ clientId: string; detail: Partial<EventDetails['token.refused']> } | undefined> {
  const { storage, realm } = context;
  const app = await storage.appEnvironments.findByClientId(clientId);
  if (!app) return undefined;
  if (app.realm !== realm) return { clientId, detail: otherIssuer(context, app) };
  const misplaced = await misplacedCredentials(storage, app, secret);
  const isItsOwn = misplaced?.sent === 'client_secret' && misplaced.secret_environment === app.environment;
  return { clientId, detail: isItsOwn ? {} : { ...misplaced } };
}

function otherIssuer({ config }: Pick<Context, 'config'>, app: AppEnvironment) {
  return { issuer: issuerOf(config.publicUrl, app.realm), client_environment: app.environment };
}
