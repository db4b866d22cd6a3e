import type { Realm } from '@signup-with-platform/protocol';
import { matchingSecretHash, secretMark } from '#domain/apps/secrets.ts';
import type { Throttle } from '#domain/throttle/throttle.ts';
import type { AppEnvironment } from '#storage/app-environments.ts';
import type { AccessTokenSubject } from '../access-token.ts';
import { LoginRefusal } from './envelope.ts';
import type { LoginCredentials } from './fields.ts';

/**
 * Checks the credentials of a login. It counts failures afterwards and not attempts before, because a backend may log in many times at
 * once, and its secret is too long for a few extra parallel guesses to matter. The right secret is accepted however many failures there
 * were, because the client_id is public, and backends of several vendors share the addresses of their host: nobody must be able to lock an
 * app out by guessing.
 * @param app the app of the client_id, if it exists
 * @param address the network address for which failures are counted, too
 * @throws LoginRefusal 401 or 429
 */
export async function checkCredentials(
  throttle: Throttle,
  app: AppEnvironment | undefined,
  { clientId, clientSecret, environment }: LoginCredentials,
  address: string | undefined,
): Promise<AccessTokenSubject & { realm: Realm }> {
  const [ofClient, ofAddress] = await Promise.all([
    throttle.look('externalLoginByClient', clientId),
    throttle.look('externalLoginByAddress', { address }),
  ]);
  const secretHash = matchingSecretHash(app, clientSecret);
  if (!app || secretHash === undefined || app.environment !== environment) {
    const waitMs = Math.max(ofClient.waitMs, ofAddress.waitMs);
    if (waitMs > 0) throw tooManyFailures(waitMs);
    await Promise.all([
      throttle.count('externalLoginByClient', clientId),
      throttle.count('externalLoginByAddress', { address }),
    ]);
    throw new LoginRefusal(401, 'Invalid client_id or client_secret');
  }
  if (ofClient.attempts > 0) await throttle.forget('externalLoginByClient', clientId);
  // Only callers who know the secret learn that the app may not be used. The contract has these words for every reason.
  if (app.disabled) throw new LoginRefusal(401, 'This app is disabled');
  return {
    clientId: app.clientId,
    environment: app.environment,
    realm: app.realm,
    secretMark: secretMark(secretHash, app),
  };
}

function tooManyFailures(waitMs: number): LoginRefusal {
  const seconds = Math.ceil(waitMs / 1000);
  return new LoginRefusal(429, `Too many failed logins. Check the credentials and try again in ${seconds} seconds.`, {
    'retry-after': String(seconds),
  });
}
