import { isUniqueViolation } from '../../storage/database-errors.ts';
import type { DomainContext } from '../context.ts';
import { judge, OTHERS } from '../import/judge.ts';
import { knownIssuers, type Refused, readPerson } from '../import/person.ts';
import { storedPerson } from '../import/stored-person.ts';
import { relyingPartyOf } from '../passkeys/relying-party.ts';

export type CreatedAccount =
  | { outcome: 'created'; id: string }
  /** What is wrong with the row: the first mistake, with the key that has it. */
  | { outcome: 'invalid'; reason: string }
  /** Something of it belongs to another account. */
  | { outcome: 'external_id_taken' | 'email_taken' | 'identity_taken' | 'passkey_taken' };

/**
 * Creates the account of one person, from a row in the form of an import. So a later import of a file that has the same id brings this
 * account up to date, and does not create another one.
 * @param source names the caller; all that it creates counts as one import, which can be undone
 */
export async function createAccount(
  context: Pick<DomainContext, 'config' | 'fields' | 'realm' | 'storage' | 'dataKeys'>,
  row: unknown,
  source: string,
): Promise<CreatedAccount> {
  const { fields, realm, storage, dataKeys } = context;
  const read = readPerson(row, knownIssuers(context), { fields, rpId: relyingPartyOf(context).id, isKey: true });
  if ('reason' in read) return { outcome: 'invalid', reason: read.reason };
  const { key } = read.person;
  const work = () =>
    storage.transaction(async (within): Promise<CreatedAccount> => {
      const { imports } = within.realm(realm);
      if ((await imports.known([key])).size > 0)
        return { outcome: key.startsWith('id:') ? 'external_id_taken' : 'email_taken' };
      // Whoever names one person means them, also after they were erased here.
      const judged = await judge(within, [{ line: 1, row, ...read }], { realm, dataKeys, again: true });
      const [created] = judged.toCreate;
      if (!created) return refusalOf(judged.rejects[0]);
      const importId = await imports.begin(source);
      await imports.create(importId, [await storedPerson(dataKeys, created)]);
      await imports.forgetErased([key]);
      await imports.count(importId, { created: 1, updated: 0 });
      return { outcome: 'created', id: created.id };
    });
  try {
    return await work();
  } catch (error) {
    // Somebody else has created it since it was looked for, so that it is found now.
    if (!isUniqueViolation(error)) throw error;
    return work();
  }
}

const TAKEN: Readonly<Record<string, 'email_taken' | 'identity_taken' | 'passkey_taken'>> = {
  [OTHERS.email]: 'email_taken',
  [OTHERS.identities]: 'identity_taken',
  [OTHERS.passkeys]: 'passkey_taken',
};

function refusalOf({ reason, kind = '' }: Refused = { reason: 'could not be judged' }): CreatedAccount {
  const taken = TAKEN[kind];
  return taken ? { outcome: taken } : { outcome: 'invalid', reason };
}
