import type { JWK } from 'jose';

/** A private key with which a realm signs, has signed, or will sign. */
export interface SigningKey {
  jwk: JWK & { kid: string };
  /** Published from then on. */
  createdAt: Date;
  /** Signs from then on, until the next key does. */
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
 * @returns the published keys: first the signing one, then those that wait, then the retired ones
 */
export function scheduleOf(keys: readonly SigningKey[], nowMs: number): ScheduledKey[] {
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
