import type { AppEnvironment } from '../../storage/app-environments.ts';
import { hashSecret, randomId, secretMatches } from '../../storage/ids.ts';

/** Compared where there is no real hash, so that the work is the same. Nobody knows its secret. */
const UNMATCHABLE_HASH = hashSecret(randomId());

/**
 * Whether a secret is an environment's current one, or its previous one within the grace time. It always compares two hashes in constant
 * time, so that the duration reveals neither whether the app exists nor whether its secret was replaced recently.
 * @param now milliseconds since the epoch
 */
export function clientSecretMatches(
  app: Pick<AppEnvironment, 'clientSecretHash' | 'previousSecret'> | undefined,
  secret: string,
  now = Date.now(),
): boolean {
  const previous = app?.previousSecret;
  const isCurrent = secretMatches(secret, app?.clientSecretHash ?? UNMATCHABLE_HASH);
  const isPrevious = secretMatches(secret, previous?.hash ?? UNMATCHABLE_HASH);
  return isCurrent || (isPrevious && previous !== undefined && now < previous.expiresAt.getTime());
}
