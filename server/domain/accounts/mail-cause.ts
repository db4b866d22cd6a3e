import type { MailCause } from '../../outbox/mail-cause.ts';
import type { Account } from '../../storage/accounts.ts';
import type { DomainContext } from '../context.ts';

/** The cause of a mail about an account. In the sandbox, what the app may see through whose popup the account was made. */
export function aboutAccount(
  { realm }: Pick<DomainContext, 'realm'>,
  { id, appId }: Pick<Account, 'id' | 'appId'>,
): MailCause {
  return realm === 'sandbox' ? { by: 'tester', appId, accountId: id } : { by: 'platform' };
}
