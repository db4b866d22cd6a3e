import { MIN_PASSWORD_LENGTH } from '../../domain/accounts/passwords.ts';
import { requestOptions } from '../../domain/passkeys/sign-in.ts';
import { listPersonas } from '../../domain/sandbox/personas.ts';
import {
  ANSWERED_BY_SIGN_IN,
  CONTINUE_PROMPT,
  CREATE_PROMPT,
  DEVICE_PROMPT,
  SELECT_ACCOUNT_PROMPT,
} from '../../engine/prompts.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import type { SignUpModel } from '../../pages/models.ts';
import type { RenderedPage } from '../../pages/rendered-page.ts';
import { belongsTo } from '../../storage/accounts.ts';
import { consentModel, continueModel, signedInAccount } from './consent-model.ts';
import { deviceConfirmModel } from './device/confirm.ts';
import { GATES } from './gates/gates.ts';
import { heldAccount } from './held-sign-in.ts';
import { type InteractionLike, type InteractionView, viewOf } from './interaction-view.ts';
import { consentPage } from './pages/consent-page.ts';
import { continuePage } from './pages/continue-page.ts';
import { deviceConfirmPage } from './pages/device-page.ts';
import type { SignInModel } from './pages/models.ts';
import { signInPage } from './pages/sign-in-page.ts';
import { signUpPage } from './pages/sign-up-page.ts';
import { upstreamWays } from './upstream/ways.ts';

/** The page that an interaction is at: sign-in (in the sandbox with its personas), a gate after it, consent, or going on. */
export async function interactionPage(
  context: RealmContext,
  interaction: InteractionLike,
  acceptLanguage: string | undefined,
): Promise<RenderedPage> {
  const view = await viewOf(context, interaction, acceptLanguage);
  const { name } = interaction.prompt;
  if (name === DEVICE_PROMPT) return deviceConfirmPage(view.page, await deviceConfirmModel(context, view, interaction));
  const at = await heldAccount(context, interaction);
  const gate = GATES.find((each) => each.name === at?.held.gate);
  if (at && gate) return gate.page(context, view, { ...at, interaction });
  const isChoice = name === SELECT_ACCOUNT_PROMPT && (await signedInAccount(context, view, interaction));
  if (name === CONTINUE_PROMPT || isChoice)
    return continuePage(view.page, await continueModel(context, view, interaction));
  if (ANSWERED_BY_SIGN_IN.includes(name)) {
    return name === CREATE_PROMPT && !context.upstreams.only
      ? signUpPage(view.page, signUpModel(context, view))
      : signInPage(view.page, signInModel(context, view, await unavailable(context, view, interaction)));
  }
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
  { app, form, boundTo, loginHint }: InteractionView,
  attempt: Pick<SignInModel, 'email' | 'error' | 'done' | 'retryAfterMinutes' | 'upstreamProblem'> = {},
): SignInModel {
  return {
    ...form,
    ...(loginHint !== undefined && { email: loginHint }),
    ...attempt,
    ...upstreamWays(context),
    passkey: requestOptions(context, boundTo),
    ...(context.realm === 'sandbox' && { clientId: app.clientId, personas: listPersonas() }),
  };
}

/** The empty form, with the address that the shop knows. */
export function signUpModel(context: RealmContext, { form, loginHint }: InteractionView): SignUpModel {
  const values = loginHint === undefined ? {} : { email: loginHint };
  return { ...form, ...upstreamWays(context), minPasswordLength: MIN_PASSWORD_LENGTH, values, errors: {} };
}
