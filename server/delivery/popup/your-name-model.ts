import type { YourNameModel } from '#pages/models.ts';
import { MIN_PASSWORD_LENGTH } from '../../domain/accounts/passwords.ts';
import type { Account } from '../../storage/accounts.ts';
import type { InteractionView } from './interaction-view.ts';

export function yourNameModel({ form }: Pick<InteractionView, 'form'>, { email = '' }: Account): YourNameModel {
  return { ...form, email, minPasswordLength: MIN_PASSWORD_LENGTH, values: {}, errors: {} };
}
