import { z } from 'zod';
import { readEmailAddress } from '../../domain/values/email-address.ts';
import type { Storage } from '../../storage/index.ts';
import { UsageError } from './command.ts';

/** `--owner`: the email address of an account. */
export const ownerAddress = z
  .string()
  .max(254)
  .transform((typed, context) => {
    const email = readEmailAddress(typed);
    if (email === undefined) context.addIssue({ code: 'custom', message: 'must be an email address' });
    return email ?? z.NEVER;
  });

/**
 * The id of the account that is to own an app. It must have confirmed its address, because anybody can sign up with any.
 * @throws UsageError that says what to do
 */
export async function ownerIdOf(storage: Pick<Storage, 'realm'>, email: string): Promise<string> {
  const accounts = await storage.realm('production').accounts.findByEmail(email);
  const account = accounts.find(({ emailVerified }) => emailVerified);
  if (account?.blocked)
    throw new UsageError(`The account of ${email} is blocked. To unblock it: account unblock ${account.id}`);
  if (account) return account.id;
  const [unconfirmed] = accounts;
  throw new UsageError(
    unconfirmed
      ? `Nobody has confirmed the address ${email} yet. If the account is theirs: account verify ${unconfirmed.id}`
      : `There is no account with the address ${email} in production. It can sign up, or be made with: account create --realm production --email ${email} --password P --verified`,
  );
}
