import { MIN_PASSWORD_LENGTH } from '../../domain/accounts/passwords.ts';
import type { FormContext } from '../../pages/models.ts';
import type { Account } from '../../storage/accounts.ts';
import type { BreachedPasswordModel } from './pages/models.ts';

export function breachedPasswordModel(form: FormContext, { email }: Pick<Account, 'email'>): BreachedPasswordModel {
  return { ...form, minPasswordLength: MIN_PASSWORD_LENGTH, ...(email !== undefined && { email }) };
}
