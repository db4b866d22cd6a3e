import { creationOptions } from '../../domain/passkeys/add.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import type { Account } from '../../storage/accounts.ts';
import type { InteractionView } from './interaction-view.ts';
import type { PasskeyOfferModel } from './pages/models.ts';

/**
 * While a passkey is offered, the interaction stores who gave the correct password. That is not a `login` yet, because nobody is signed
 * in before the person has decided.
 */
export interface OfferHeld {
  passkeyOffer: { accountId: string };
}

type HoldingInteraction = { readonly result?: unknown };

/** The account that is offered a passkey, if the interaction is at that step. */
export function offeredTo({ result }: HoldingInteraction): string | undefined {
  const { passkeyOffer, login } = (result ?? {}) as Partial<OfferHeld> & { login?: unknown };
  return login === undefined ? passkeyOffer?.accountId : undefined;
}

/** The same, unless the account is blocked or about to be deleted. */
export async function offeredAccount({ rows }: RealmContext, held: HoldingInteraction): Promise<Account | undefined> {
  const accountId = offeredTo(held);
  const account = accountId === undefined ? undefined : await rows.accounts.find(accountId);
  return account?.blocked || account?.deletionDueAt ? undefined : account;
}

export async function passkeyOfferModel(
  context: RealmContext,
  { form, boundTo }: Pick<InteractionView, 'form' | 'boundTo'>,
  held: HoldingInteraction,
): Promise<PasskeyOfferModel | undefined> {
  const account = await offeredAccount(context, held);
  return account && { ...form, creation: await creationOptions(context, account, boundTo) };
}
