import type { Environment } from '@signup-with-platform/protocol';
import type { MisplacedCredentials } from '#events/app-event.ts';
import type { AppEnvironment } from '#storage/app-environments.ts';
import type { Storage } from '#storage/index.ts';
import { clientSecretMatches } from './secrets.ts';

/** How each API key begins. */
const API_KEY = /^sk_(?:live|test)_/;

/**
 * Finds out what is wrong with credentials that do not work together although each may be right: whose they are is told to the app's own
 * event log, and never to the caller, who may be guessing.
 * @param app of the client_id
 * @param secret what was sent as its client secret
 * @returns undefined when the secret is neither one of this app's nor an API key
 */
export async function misplacedCredentials(
  { appEnvironments, apiKeys }: Pick<Storage, 'appEnvironments' | 'apiKeys'>,
  app: AppEnvironment,
  secret: string,
): Promise<MisplacedCredentials | undefined> {
  // Always, so that the time of a call says nothing about the secret.
  const environments = await appEnvironments.list(app.appId);
  const found = (sent: MisplacedCredentials['sent'], ofSecret?: Environment) => ({
    sent,
    client_environment: app.environment,
    ...(ofSecret && { secret_environment: ofSecret }),
  });
  if (API_KEY.test(secret)) {
    const key = await apiKeys.findAnyTime(secret);
    // Of another app's key, nothing is said.
    return found('api_key', key?.appId === app.appId ? key.environment : undefined);
  }
  const [holder] = environments.filter((one) => clientSecretMatches(one, secret));
  return holder && found('client_secret', holder.environment);
}
