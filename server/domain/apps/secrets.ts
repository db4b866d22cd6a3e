import type { AppEnvironment } from '../../storage/app-environments.ts';
import { hashSecret, randomId, secretMatches } from '../../storage/ids.ts';

/** Compared with where there is nothing to compare with, so that the work is the same. Nobody knows its secret. */
const UNMATCHABLE_HASH = hashSecret(randomId());

/**
 * Whether a secret opens an environment: its own, or the one before that while its grace time lasts. Two hashes are compared, each in
 * constant time, whoever asks and whatever there is, so that the time it takes tells neither whether there is such an app nor whether
 * its secret has been replaced lately.
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
