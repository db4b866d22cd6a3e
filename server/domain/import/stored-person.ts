import type { DataKeys } from '../../data-key/data-keys.ts';
import { randomId } from '../../storage/ids.ts';
import type { ImportedPerson } from '../../storage/imports.ts';
import { toStored } from '../password-forms/sealed.ts';
import { secretOf } from '../second-factor/secret.ts';
import type { ReadRow } from './person.ts';

/** The person with their secrets as they are stored: sealed for this account. */
export async function storedPerson(
  dataKeys: DataKeys,
  { id, person, password, totp }: ReadRow & { id: string },
): Promise<ImportedPerson> {
  const foreignPassword = password && (await toStored(dataKeys, id, password));
  const authenticator = totp === undefined ? undefined : await sealedTotp(dataKeys, totp);
  return {
    ...person,
    id,
    account: foreignPassword ? { ...person.account, foreignPassword } : person.account,
    belongings: { ...person.belongings, authenticator },
  };
}

async function sealedTotp(dataKeys: DataKeys, totp: string): Promise<{ id: string; secret: string }> {
  const id = randomId();
  return { id, secret: await dataKeys.seal(totp, secretOf(id)) };
}
