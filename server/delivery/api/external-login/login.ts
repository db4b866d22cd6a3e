import { clientSecretMatches } from '#domain/apps/secrets.ts';
import type { Throttle } from '#domain/throttle/throttle.ts';
import type { AppEnvironment } from '#storage/app-environments.ts';
import { LoginRefusal } from './envelope.ts';
import type { LoginCredentials } from './fields.ts';

/**
 * Decides whether the credentials open the app. Failures are counted afterwards, not attempts before: a backend may log in many
 * times at once, and its secret is too long for the few guesses that slip through side by side to matter. For the same reason the
 * right secret is taken even when failures for its client_id have piled up: the client_id is public, and nobody may lock an app out
 * of its own login by guessing. A network address that guesses is refused whatever it sends.
 * @param app that the client_id names, if any
 * @param address that failures are counted for besides the client_id, known or not
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
  // Said only to those who know the secret.
  if (app.disabled) throw new LoginRefusal(401, 'This app is disabled');
  return app;
}

function tooManyFailures(waitMs: number): LoginRefusal {
  const seconds = Math.ceil(waitMs / 1000);
  return new LoginRefusal(429, `Too many failed logins. Check the credentials and try again in ${seconds} seconds.`, {
    'retry-after': String(seconds),
  });
}
