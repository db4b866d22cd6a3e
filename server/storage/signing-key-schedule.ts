import { ID_TOKEN_ALGS, type IdTokenAlg } from '@signup-with-platform/protocol';
import type { JWK } from 'jose';

/** A private key that says for which algorithm it is, and is used for no other. */
export type SigningJwk = JWK & { kid: string; alg: IdTokenAlg };

/** A private key with which a realm signs, has signed, or will sign. */
export interface SigningKey {
  jwk: SigningJwk;
  /** Published from then on. */
  createdAt: Date;
  /** Signs from then on, until the next key of its algorithm does. */
  signsFrom: Date;
}

/**
 * How long a key is published after the last token that it signed: one hour, the lifetime of the longest-lived token (external_login), and
 * five minutes for clocks that differ and for processes that notice the change late.
 */
export const SIGNING_KEY_RETENTION_MS = 65 * 60 * 1000;

export interface ScheduledKey extends SigningKey {
  state: 'waiting' | 'signing' | 'retired';
  /** When the key is withdrawn; undefined while no other key is to follow. */
  publishedUntil?: Date;
}

/**
 * What each key does at a moment. This follows from the keys' times alone, so that all processes agree without telling each other.
 * @returns the published keys by algorithm, in the order of {@link ID_TOKEN_ALGS}: ES256 first, because there are verifiers that try the keys
 * in turn and fail at the first of another kind. Of each algorithm first the one that signs, then those that wait, then the retired ones
 */
export function scheduleOf(keys: readonly SigningKey[], nowMs: number): ScheduledKey[] {
  return ID_TOKEN_ALGS.flatMap((alg) =>
    publishedOf(
      keys.filter(({ jwk }) => jwk.alg === alg),
      nowMs,
    ),
  );
}

/** @param keys of one algorithm */
function publishedOf(keys: readonly SigningKey[], nowMs: number): ScheduledKey[] {
  const inOrder = keys.toSorted(
    (a, b) => a.signsFrom.getTime() - b.signsFrom.getTime() || (a.jwk.kid < b.jwk.kid ? -1 : 1),
  );
  // The first key signs even for a process whose clock is behind that of the one that made it.
  const signing = Math.max(
    inOrder.findLastIndex(({ signsFrom }) => signsFrom.getTime() <= nowMs),
    0,
  );
  const published = inOrder
    .map((key, index): ScheduledKey => {
      const successor = inOrder[index + 1];
      return {
        ...key,
        state: index === signing ? 'signing' : index > signing ? 'waiting' : 'retired',
        ...(successor && { publishedUntil: new Date(successor.signsFrom.getTime() + SIGNING_KEY_RETENTION_MS) }),
      };
    })
    .filter(({ publishedUntil }, index) => index >= signing || (publishedUntil?.getTime() ?? 0) > nowMs);
  const ORDER = { signing: 0, waiting: 1, retired: 2 };
  return published.toSorted((a, b) => ORDER[a.state] - ORDER[b.state]);
}

/** When the schedule changes next by itself; undefined when it never does. */
export function nextChangeAt(schedule: readonly ScheduledKey[], nowMs: number): Date | undefined {
  const moments = schedule
    .flatMap(({ signsFrom, publishedUntil }) => (publishedUntil ? [signsFrom, publishedUntil] : [signsFrom]))
    .filter((moment) => moment.getTime() > nowMs);
  return moments.toSorted((a, b) => a.getTime() - b.getTime())[0];
}
