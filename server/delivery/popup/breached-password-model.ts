import { MIN_PASSWORD_LENGTH } from '../../domain/accounts/passwords.ts';
import type { BreachedPasswordModel, FormContext } from '../../pages/models.ts';
import type { Account } from '../../storage/accounts.ts';

export function breachedPasswordModel(form: FormContext, { email }: Pick<Account, 'email'>): BreachedPasswordModel {
  return { ...form, minPasswordLength: MIN_PASSWORD_LENGTH, ...(email !== undefined && { email }) };
}
