import { hash } from 'node:crypto';
import { z } from 'zod';
import { DataKeyError, type DataKeys, type SealedPlace } from '../../data-key/data-keys.ts';
import { asKept, costOf, FORM_NAMES, type KeptPassword } from './forms.ts';

/** By which the database finds those that have still to be wrapped. */
export const SEALED_COST = -1;

const SEALED = 'sealed';
/** How a password that another system has hashed may be stored: the first thing that stands of it. */
export const STORED_FORMS: readonly string[] = [...FORM_NAMES, SEALED];

const sealedSchema = z.object({ form: z.literal(SEALED), box: z.string() });

/** Of one that was stored in another form before. */
const markedSchema = z.object({ mark: z.string() });

/** Whether a hash must not lie in the database as it is, because whoever steals it has the password soon. */
export function isWeak({ form }: KeptPassword): boolean {
  return form === 'digest';
}

/**
 * What is stored of the hash of an account's password: JSON, in which a weak digest is sealed.
 * @throws DataKeyError when it is weak, and there is no key
 */
export async function toStored(
  dataKeys: DataKeys,
  accountId: string,
  password: KeptPassword,
): Promise<{ kept: string; cost: number }> {
  const kept = JSON.stringify(password);
  if (!isWeak(password)) return { kept, cost: costOf(password) };
  const box = await dataKeys.seal(kept, placeOf(accountId));
  return { kept: JSON.stringify({ form: SEALED, box }), cost: SEALED_COST };
}

/** @returns undefined when it cannot be read: it is none of the forms, or was sealed under a key that is not there */
export async function fromStored(
  dataKeys: DataKeys,
  accountId: string,
  kept: string,
): Promise<KeptPassword | undefined> {
  const read = parsed(kept);
  const { data: sealed } = sealedSchema.safeParse(read);
  if (!sealed) return asKept(read);
  try {
    return asKept(parsed(await dataKeys.unseal(sealed.box, placeOf(accountId))));
  } catch (error) {
    if (error instanceof DataKeyError) return undefined;
    throw error;
  }
}

/**
 * What is stored of a password in another form, under the mark of what was stored before: it is the same password.
 * @param kept JSON, as {@link toStored} gives it
 */
export function withMarkOf(before: string, kept: string): string {
  return JSON.stringify({ ...JSON.parse(kept), mark: passwordMark(before) });
}

/**
 * Stands for the password that is stored so: another one as soon as there is another password, and the same when what other systems have hashed is
 * only put into another form.
 */
export function passwordMark(stored: string): string {
  // Our own hashes are no JSON.
  if (!stored.startsWith('{')) return stored;
  const { data } = markedSchema.safeParse(parsed(stored));
  return data?.mark ?? hash('sha256', stored, 'base64url');
}

function placeOf(accountId: string): SealedPlace {
  return { table: 'accounts', column: 'foreign_password', row: accountId };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
