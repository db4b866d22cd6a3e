import type { RenderedPage } from '../pages/rendered-page.ts';
import { requestOptions } from '../passkeys/sign-in.ts';
import type { RealmContext } from '../realm.ts';
import { listPersonas } from '../sandbox/personas.ts';
import type { AppEnvironment } from '../storage/app-environments.ts';
import { consentModel } from './consent-model.ts';
import { pageContextOf } from './page-context.ts';
import { consentPage } from './pages/consent-page.ts';
import type { FormContext, PageContext, SignInModel } from './pages/models.ts';
import { passkeyOfferPage } from './pages/passkey-offer-page.ts';
import { signInPage } from './pages/sign-in-page.ts';
import { passkeyOfferModel } from './passkey-offer-model.ts';
import { PopupError } from './popup-error.ts';

/** What we read of oidc-provider's Interaction. */
export interface InteractionLike {
  readonly uid: string;
  readonly prompt: { name: string; details: Record<string, unknown> };
  readonly params: Record<string, unknown>;
  readonly session?: { accountId: string } | undefined;
  readonly result?: unknown;
}

/** The pages' view of one interaction. */
export interface InteractionView {
  app: AppEnvironment;
  page: PageContext;
  form: FormContext;
}

export async function viewOf(
  context: RealmContext,
  interaction: Pick<InteractionLike, 'uid' | 'params'>,
  acceptLanguage: string | undefined,
): Promise<InteractionView> {
  const app = await context.storage.appEnvironments.findByClientId(String(interaction.params['client_id']));
  if (!app || app.realm !== context.realm) throw new PopupError('unknown_app');
  if (app.disabled) throw new PopupError('app_disabled');
  return {
    app,
    page: pageContextOf(context, interaction.params, app, acceptLanguage),
    form: { action: `${context.prefix}/interaction/${interaction.uid}`, csrf: context.csrf.issue(interaction.uid) },
  };
}

/** The page that an interaction is at: sign-in (in the sandbox with its personas), the offer of a passkey, or consent. */
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
      : signInPage(view.page, signInModel(context, view, await unavailable(context, interaction)));
  }
  return consentPage(view.page, await consentModel(context, view, interaction));
}

/** Whose account is about to be deleted may be signed in still; here it is of no use, and the person is told why. */
async function unavailable({ rows }: RealmContext, { session }: InteractionLike): Promise<Pick<SignInModel, 'error'>> {
  const account = session && (await rows.accounts.find(session.accountId));
  return account?.deletionDueAt ? { error: 'account_leaving' } : {};
}

export function signInModel(
  context: RealmContext,
  { form }: InteractionView,
  attempt: Pick<SignInModel, 'email' | 'error' | 'retryAfterMinutes'> = {},
): SignInModel {
  return {
    ...form,
    ...attempt,
    passkey: requestOptions(context, form.csrf),
    ...(context.realm === 'sandbox' && { personas: listPersonas() }),
  };
}
