import type { RenderedPage } from '../pages/rendered-page.ts';
import type { RealmContext } from '../realm.ts';
import { listPersonas } from '../sandbox/personas.ts';
import type { AppEnvironment } from '../storage/apps.ts';
import { consentModel } from './consent-model.ts';
import { pageContextOf } from './page-context.ts';
import { consentPage } from './pages/consent-page.ts';
import type { FormContext, PageContext, SignInModel } from './pages/models.ts';
import { signInPage } from './pages/sign-in-page.ts';
import { PopupError } from './popup-error.ts';

/** What we read of oidc-provider's Interaction. */
export interface InteractionLike {
  readonly uid: string;
  readonly prompt: { name: string; details: Record<string, unknown> };
  readonly params: Record<string, unknown>;
  readonly session?: { accountId: string } | undefined;
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
  const app = await context.storage.apps.findByClientId(String(interaction.params['client_id']));
  if (!app || app.realm !== context.realm) throw new PopupError('unknown_app');
  if (app.disabled) throw new PopupError('app_disabled');
  return {
    app,
    page: pageContextOf(context, interaction.params, app, acceptLanguage),
    form: { action: `${context.prefix}/interaction/${interaction.uid}`, csrf: context.csrf.issue(interaction.uid) },
  };
}

/** The page that an interaction is at: sign-in (in the sandbox with its personas) or consent. */
export async function interactionPage(
  context: RealmContext,
  interaction: InteractionLike,
  acceptLanguage: string | undefined,
): Promise<RenderedPage> {
  const view = await viewOf(context, interaction, acceptLanguage);
  if (interaction.prompt.name === 'login') return signInPage(view.page, signInModel(context, view));
  return consentPage(view.page, await consentModel(context, view, interaction));
}

export function signInModel(
  { realm }: RealmContext,
  { form }: InteractionView,
  attempt: Pick<SignInModel, 'email' | 'error' | 'retryAfterMinutes'> = {},
): SignInModel {
  return { ...form, ...attempt, ...(realm === 'sandbox' && { personas: listPersonas() }) };
}
