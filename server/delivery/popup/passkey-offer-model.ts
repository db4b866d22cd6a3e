import { creationOptions } from '../../domain/passkeys/add.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import type { Account } from '../../storage/accounts.ts';
import type { InteractionView } from './interaction-view.ts';
import type { PasskeyOfferModel } from './pages/models.ts';

export async function passkeyOfferModel(
  context: RealmContext,
  { form, boundTo }: Pick<InteractionView, 'form' | 'boundTo'>,
  account: Account,
): Promise<PasskeyOfferModel> {
  return { ...form, creation: await creationOptions(context, account, boundTo) };
}
