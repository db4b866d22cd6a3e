import { hash } from 'node:crypto';
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
  return matchingSecretHash(app, secret, now) !== undefined;
}

/** Like {@link clientSecretMatches}. @returns the hash of the secret that matches */
export function matchingSecretHash(
  app: Pick<AppEnvironment, 'clientSecretHash' | 'previousSecret'> | undefined,
  secret: string,
  now = Date.now(),
): string | undefined {
  const previous = app?.previousSecret;
  const isCurrent = secretMatches(secret, app?.clientSecretHash ?? UNMATCHABLE_HASH);
  const isPrevious = secretMatches(secret, previous?.hash ?? UNMATCHABLE_HASH);
  if (isCurrent) return app?.clientSecretHash;
  return isPrevious && previous && now < previous.expiresAt.getTime() ? previous.hash : undefined;
}

const MARK_LENGTH = 16;

/**
 * Tells the secrets of an environment apart, and nothing of them. It changes when the app is stopped, so that what was made for a mark ends
 * then, too.
 * @param secretHash as it is stored
 */
export function secretMark(secretHash: string, { stoppedAt }: Pick<AppEnvironment, 'stoppedAt'>): string {
  const text = stoppedAt ? `${secretHash}.${stoppedAt.getTime()}` : secretHash;
  return hash('sha256', text, 'base64url').slice(0, MARK_LENGTH);
}

/** The marks of the secrets that work now. */
export function currentSecretMarks(
  app: Pick<AppEnvironment, 'clientSecretHash' | 'previousSecret' | 'stoppedAt'>,
  now = Date.now(),
): string[] {
  const { clientSecretHash, previousSecret } = app;
  const works = previousSecret && now < previousSecret.expiresAt.getTime();
  return [clientSecretHash, ...(works ? [previousSecret.hash] : [])].map((each) => secretMark(each, app));
}
