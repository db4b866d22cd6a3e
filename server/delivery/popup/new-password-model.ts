import type { NewPasswordModel } from '#pages/models.ts';
import { MIN_PASSWORD_LENGTH } from '../../domain/accounts/passwords.ts';
import { creationOptions } from '../../domain/passkeys/add.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import type { Account } from '../../storage/accounts.ts';
import type { InteractionView } from './interaction-view.ts';

export async function newPasswordModel(
  context: RealmContext,
  { form, boundTo }: Pick<InteractionView, 'form' | 'boundTo'>,
  account: Account,
): Promise<NewPasswordModel> {
  return {
    ...form,
    email: account.email ?? '',
    minPasswordLength: MIN_PASSWORD_LENGTH,
    creation: await creationOptions(context, account, boundTo),
  };
}
