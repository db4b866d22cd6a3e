import type { Account } from '../../storage/accounts.ts';
import type { DomainContext } from '../context.ts';

/**
 * Whether an account can be opened without one of its identities: by another one, a passkey, a password, or a code that is mailed to its verified
 * address. @param onlyUpstream another login is the only way in, besides passkeys
 */
export async function mayRemoveIdentity(
  { rows }: Pick<DomainContext, 'rows'>,
  { id, passwordHash, emailVerified }: Account,
  onlyUpstream: boolean,
): Promise<boolean> {
  if (!onlyUpstream && (passwordHash !== undefined || emailVerified)) return true;
  const [identities, passkeys] = [await rows.identities.list(id), await rows.passkeys.list(id)];
  return identities.length > 1 || passkeys.length > 0;
}
