import { clientSecretMatches } from '#domain/apps/secrets.ts';
import type { Throttle } from '#domain/throttle/throttle.ts';
import type { AppEnvironment } from '#storage/app-environments.ts';
import { LoginRefusal } from './envelope.ts';
import type { LoginCredentials } from './fields.ts';

/**
 * Checks the credentials of a login. It counts failures afterwards and not attempts before, because a backend may log in many times at
 * once, and its secret is too long for a few extra parallel guesses to matter. The right secret is accepted even after many failures for
 * its client_id, because the client_id is public and nobody must be able to lock an app out by guessing. A network address with too many
 * failures is always refused.
 * @param app the app of the client_id, if it exists
 * @param address the network address for which failures are counted, too
 * @throws LoginRefusal 401 or 429
 */
export async function checkCredentials(
  throttle: Throttle,
  app: AppEnvironment | undefined,
  { clientId, clientSecret, environment }: LoginCredentials,
  address: string | undefined,
): Promise<AppEnvironment> {
  const [ofClient, ofAddress] = await Promise.all([
    throttle.look('externalLoginByClient', clientId),
    throttle.look('externalLoginByAddress', address),
  ]);
  if (ofAddress.waitMs > 0) throw tooManyFailures(ofAddress.waitMs);

  const matches = clientSecretMatches(app, clientSecret);
  if (!app || !matches || app.environment !== environment) {
    if (ofClient.waitMs > 0) throw tooManyFailures(ofClient.waitMs);
    await Promise.all([
      throttle.count('externalLoginByClient', clientId),
      throttle.count('externalLoginByAddress', address),
    ]);
    throw new LoginRefusal(401, 'Invalid client_id or client_secret');
  }
  if (ofClient.attempts > 0) await throttle.forget('externalLoginByClient', clientId);
  // Only callers who know the secret learn that the app may not be used. The contract has these words for every reason.
  if (app.disabled) throw new LoginRefusal(401, 'This app is disabled');
  return app;
}

function tooManyFailures(waitMs: number): LoginRefusal {
  const seconds = Math.ceil(waitMs / 1000);
  return new LoginRefusal(429, `Too many failed logins. Check the credentials and try again in ${seconds} seconds.`, {
    'retry-after': String(seconds),
  });
}
