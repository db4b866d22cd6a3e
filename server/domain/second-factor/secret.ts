import type { SealedPlace } from '../../data-key/data-keys.ts';
import { DataKeyError } from '../../data-key/data-keys.ts';
import type { Authenticator } from '../../storage/authenticators.ts';
import type { DomainContext } from '../context.ts';

/** Where the secret of an authenticator app is stored. */
export function secretOf(id: string): SealedPlace {
  return { table: 'authenticators', column: 'secret', row: id };
}

/**
 * The same while it is being set up: it opens in the session alone in which that began. Somebody else who was in the account, and has seen a secret, would
 * otherwise have the codes of the app that its owner sets up after them.
 */
export function waitingSecretOf(id: string, session: string): SealedPlace {
  return secretOf(`${id} in ${session}`);
}

/** @returns undefined where the key is not there under which it was sealed: no code can be compared then, and the doctor says so */
export async function openSecret(
  { dataKeys }: Pick<DomainContext, 'dataKeys'>,
  { id, secret }: Authenticator,
  place = secretOf(id),
): Promise<string | undefined> {
  try {
    return await dataKeys.unseal(secret, place);
  } catch (error) {
    if (error instanceof DataKeyError) return undefined;
    throw error;
  }
}
