import type { Account } from '../../storage/accounts.ts';
import type { CodePlace, MailedCode } from '../../storage/mailed-codes.ts';
import { type ProvenAccount, proveAddress } from '../accounts/prove-address.ts';
import type { DomainContext } from '../context.ts';
import type { CodeVisitor } from './ask-for-code.ts';

/**
 * Uses up a right code: whoever typed it reads the mail of the address.
 * @param by.within the account that is open in this browser
 * @param by.locale of a new account
 * @returns the account that has the address now; undefined when the code has been used at the same moment
 */
export function useCode(
  context: DomainContext,
  place: CodePlace,
  { email, nonce, visibility }: MailedCode,
  by: CodeVisitor & { within: Account | undefined; locale?: string | undefined },
): Promise<ProvenAccount | undefined> {
  return proveAddress(context, {
    email,
    within: by.within,
    locale: by.locale,
    // A code that a page of the sandbox shows proves something at its app alone, and one that was mailed there what belongs to no app.
    scope: {
      appId: context.realm === 'sandbox' && visibility === 'shown' ? by.appId : undefined,
      browserHash: by.testPeople,
    },
    consume: ({ rows }) => rows.mailedCodes.consume(place, nonce),
  });
}
