import { requestOptions } from '../../domain/passkeys/sign-in.ts';
import { listPersonas } from '../../domain/sandbox/personas.ts';
import { CONTINUE_PROMPT } from '../../engine/asker.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import type { RenderedPage } from '../../pages/rendered-page.ts';
import { belongsTo } from '../../storage/accounts.ts';
import { consentModel, continueModel } from './consent-model.ts';
import { type InteractionLike, type InteractionView, viewOf } from './interaction-view.ts';
import { consentPage } from './pages/consent-page.ts';
import { continuePage } from './pages/continue-page.ts';
import type { SignInModel } from './pages/models.ts';
import { passkeyOfferPage } from './pages/passkey-offer-page.ts';
import { signInPage } from './pages/sign-in-page.ts';
import { passkeyOfferModel } from './passkey-offer-model.ts';

/** The page that an interaction is at: sign-in (in the sandbox with its personas), the offer of a passkey, consent, or going on. */
export async function interactionPage(
  context: RealmContext,
  interaction: InteractionLike,
  acceptLanguage: string | undefined,
): Promise<RenderedPage> {
  const view = await viewOf(context, interaction, acceptLanguage);
  if (interaction.prompt.name === 'login') {
    const offer = await passkeyOfferModel(context, view, interaction);
    return offer
      ? passkeyOfferPage(view.page, offer)
      : signInPage(view.page, signInModel(context, view, await unavailable(context, view, interaction)));
  }
  if (interaction.prompt.name === CONTINUE_PROMPT)
    return continuePage(view.page, await continueModel(context, view, interaction));
  return consentPage(view.page, await consentModel(context, view, interaction));
}

/** A person may still be signed in to an account that is about to be deleted. It shares nothing, so the page says why. */
async function unavailable(
  { rows }: RealmContext,
  { app }: InteractionView,
  { session }: InteractionLike,
): Promise<Pick<SignInModel, 'error'>> {
  const account = session && (await rows.accounts.find(session.accountId));
  return account?.deletionDueAt && belongsTo(account, app.appId) ? { error: 'account_leaving' } : {};
}

export function signInModel(
  context: RealmContext,
  { app, form, boundTo }: InteractionView,
  attempt: Pick<SignInModel, 'email' | 'error' | 'retryAfterMinutes'> = {},
): SignInModel {
  return {
    ...form,
    ...attempt,
    passkey: requestOptions(context, boundTo),
    ...(context.realm === 'sandbox' && { clientId: app.clientId, personas: listPersonas() }),
  };
}
