import { readFileSync } from 'node:fs';
import { installedPath } from '../../../process/installation.ts';
import { once } from '../values/once.ts';
import { FINGERPRINT_BYTES, fingerprint } from './fingerprint.ts';

/** Fingerprints, sorted. Made by `scripts/breached-passwords.ts`; docs/decisions/0050-breached-passwords.md says of what. */
export const LIST_FILE = 'server/domain/breaches/breached-passwords.bin';

/** Read for the first password, 2.4 MB within two milliseconds, because a server at rest needs none of it. */
const list = once(() => readFileSync(installedPath(LIST_FILE)));

/** Whether a password is among those that thieves have published and that many people used. */
export function isListed(password: string): boolean {
  const sorted = list();
  const wanted = fingerprint(password);
  let from = 0;
  let to = sorted.length / FINGERPRINT_BYTES;
  while (from < to) {
    const middle = (from + to) >>> 1;
    const order = wanted.compare(sorted, middle * FINGERPRINT_BYTES, (middle + 1) * FINGERPRINT_BYTES);
    if (order === 0) return true;
    if (order < 0) to = middle;
    else from = middle + 1;
  }
  return false;
}
