import { asKept, costOf, type KeptPassword } from './forms.ts';
import { fromObject } from './from-object.ts';
import { fromText } from './from-text.ts';

/** A second of one processor, about what bcrypt takes with a cost of 14. With more, each sign-in would be a denial of service. */
const MAX_COST = 1_000;

const UNKNOWN =
  'password_hash is no hash of a known form; the guide to imports lists them. Leave it out, and people choose a new password';
const BROKEN = 'password_hash is cut off, or not whole; export it again';
const TOO_DEAR = 'password_hash takes too much work to check; leave it out, and people choose a new password';

/**
 * Reads a password's hash as another system exports it: a text in PHC or modular form, or as Django, Werkzeug and LDAP write it; or an object with
 * `algorithm`, `hash` and its parameters.
 * @returns what is to be kept of it, or what is wrong with it, for whoever has made the export
 */
export function readPasswordHash(value: string | object): { kept: KeptPassword } | { problem: string } {
  const read = typeof value === 'string' ? { kept: fromText(value) } : fromObject(value);
  if ('problem' in read) return read;
  if (read.kept === undefined) return { problem: UNKNOWN };
  const kept = asKept(read.kept);
  if (!kept) return { problem: BROKEN };
  return costOf(kept) > MAX_COST ? { problem: TOO_DEAR } : { kept };
}
