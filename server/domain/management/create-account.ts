import { emailKey } from '../../storage/accounts.ts';
import { isUniqueViolation } from '../../storage/database-errors.ts';
import { randomId } from '../../storage/ids.ts';
import type { DomainContext } from '../context.ts';
import { readPerson } from '../import/person.ts';
import { isWeak, toStored } from '../password-forms/sealed.ts';

export type CreatedAccount =
  | { outcome: 'created'; id: string }
  /** What is wrong with the row: the first mistake, with the key that has it. */
  | { outcome: 'invalid'; reason: string }
  /** Something of it belongs to another account. */
  | { outcome: 'external_id_taken' | 'email_taken' | 'identity_taken' };

/**
 * Creates the account of one person, from a row in the form of an import. So a later import of a file that has the same id brings this
 * account up to date, and does not create another one.
 * @param source names the caller; all that it creates counts as one import, which can be undone
 */
export async function createAccount(
  context: Pick<DomainContext, 'config' | 'realm' | 'storage' | 'dataKeys'>,
  row: unknown,
  source: string,
): Promise<CreatedAccount> {
  const { config, realm, storage, dataKeys } = context;
  const read = readPerson(
    row,
    config.upstreams.filter(({ realms }) => realms.includes(realm)),
  );
  if ('reason' in read) return { outcome: 'invalid', reason: read.reason };
  const { person, password } = read;
  if (password && isWeak(password) && !dataKeys.isAvailable)
    return {
      outcome: 'invalid',
      reason: 'password_hash: is so weak that it is stored encrypted, which needs the setting DATA_KEY',
    };
  const id = randomId();
  const foreignPassword = password && (await toStored(dataKeys, id, password));
  const { email, emailVerified } = person.account;
  const work = () =>
    storage.transaction(async (within): Promise<CreatedAccount> => {
      const { imports } = within.realm(realm);
      if ((await imports.known([person.key])).size > 0)
        return { outcome: person.key.startsWith('id:') ? 'external_id_taken' : 'email_taken' };
      if (email !== undefined && emailVerified && (await imports.verified([emailKey(email)])).size > 0)
        return { outcome: 'email_taken' };
      const known = await imports.identified(person.identities);
      if (person.identities.some(({ issuer, subject }) => known.has(`${issuer} ${subject}`)))
        return { outcome: 'identity_taken' };
      const importId = await imports.begin(source);
      const account = { ...person.account, ...(foreignPassword && { foreignPassword }) };
      await imports.create(importId, [{ ...person, id, account }]);
      await imports.count(importId, { created: 1, updated: 0 });
      return { outcome: 'created', id };
    });
  try {
    return await work();
  } catch (error) {
    // Somebody else has created it since it was looked for, so that it is found now.
    if (!isUniqueViolation(error)) throw error;
    return work();
  }
}
