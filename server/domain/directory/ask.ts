import type { Directory, DirectoryQuestion } from '../../directory/directory.ts';
import { OverloadedError } from '../../load/overloaded-error.ts';
import { emailKey } from '../../storage/accounts.ts';
import type { ImportedPerson } from '../../storage/imports.ts';
import type { DomainContext } from '../context.ts';
import { knownIssuers, type ReadRow, readPerson } from '../import/person.ts';
import { readEmailAddress } from '../values/email-address.ts';

/** A person as the directory describes them, in the form of an import. */
export type DirectoryProfile = Omit<ImportedPerson, 'id'>;

export type Word =
  | { outcome: 'person'; person: DirectoryProfile }
  | { outcome: 'wrong_password' }
  | { outcome: 'unknown' }
  /** Nothing is known about the person or the password. */
  | { outcome: 'down' };

/** A realm that has a directory. */
export type DirectoryContext = DomainContext & { readonly directory: Directory };

export function hasDirectory(context: DomainContext): context is DirectoryContext {
  return context.directory !== undefined;
}

/**
 * Asks the directory about somebody, and reads what it says as strictly as a row of an import. What cannot be read is no answer.
 * @param payer whose place in the queue it takes
 * @throws OverloadedError with a password
 */
export async function askDirectory(
  context: DirectoryContext,
  question: DirectoryQuestion,
  payer: string,
): Promise<Word> {
  const { directory, fields } = context;
  // Some systems take an empty password for no question at all, and say yes (an unauthenticated bind, RFC 4513 section 5.1.2).
  if (question.password === '') return { outcome: 'wrong_password' };
  if (readEmailAddress(question.email) === undefined) return { outcome: 'unknown' };
  const answer = await directory.ask(question, payer).catch((error) => {
    // Only a password was counted as a guess, which has to be uncounted. To everybody else there is no answer.
    if (question.password !== undefined || !(error instanceof OverloadedError)) throw error;
    return { outcome: 'down' } as const;
  });
  if (answer.outcome !== 'person') return answer;
  const read = readPerson(answer.row, knownIssuers(context), { fields });
  if ('reason' in read) return directory.misread(read.reason);
  const misplaced = misplacedIn(read);
  if (misplaced !== undefined) return directory.misread(`${misplaced}: has no place here`);
  // A mailed code proves one address. Somebody else's profile, whatever it was found by, is nobody's who has typed it.
  const { email } = read.person.account;
  const isMeant =
    question.password !== undefined || (email !== undefined && emailKey(email) === emailKey(question.email));
  if (!isMeant) return directory.misread('email: is not the address that was asked about');
  return { outcome: 'person', person: read.person };
}

/** What belongs to an import: it is brought once, and not said again at each sign-in. */
function misplacedIn({ password, totp, person }: ReadRow): string | undefined {
  const { passkeys, consents, roles } = person.belongings;
  if (password) return 'password_hash';
  if (totp !== undefined) return 'totp';
  return Object.entries({ passkeys, consents, roles }).find(([, brought]) => brought.length > 0)?.[0];
}
