import type { SealedPlace } from '../../data-key/data-keys.ts';
import { DataKeyError } from '../../data-key/data-keys.ts';
import type { Authenticator } from '../../storage/authenticators.ts';
import type { DomainContext } from '../context.ts';

/** Where the secret of an authenticator app is stored. */
export function secretOf(id: string): SealedPlace {
  return { table: 'authenticators', column: 'secret', row: id };
}

/** @returns undefined where the key is not there under which it was sealed: no code can be compared then, and the doctor says so */
export async function openSecret(
  { dataKeys }: Pick<DomainContext, 'dataKeys'>,
  { id, secret }: Authenticator,
): Promise<string | undefined> {
  try {
    return await dataKeys.unseal(secret, secretOf(id));
  } catch (error) {
    if (error instanceof DataKeyError) return undefined;
    throw error;
  }
}
