import { MIN_PASSWORD_LENGTH } from '../../domain/accounts/passwords.ts';
import { requestOptions } from '../../domain/passkeys/sign-in.ts';
import { listPersonas } from '../../domain/sandbox/personas.ts';
import {
  ANSWERED_BY_SIGN_IN,
  CONTINUE_PROMPT,
  CREATE_PROMPT,
  DEVICE_PROMPT,
  EMAIL_NOT_VERIFIED,
  SELECT_ACCOUNT_PROMPT,
} from '../../engine/prompts.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import type { SignUpModel } from '../../pages/models.ts';
import type { RenderedPage } from '../../pages/rendered-page.ts';
import { belongsTo } from '../../storage/accounts.ts';
import { codeModel } from './code/code-model.ts';
import { heldCode, heldEmail } from './code/held-code.ts';
import { consentModel, continueModel, signedInAccount } from './consent-model.ts';
import { deviceConfirmModel } from './device/confirm.ts';
import { GATES } from './gates/gates.ts';
import { heldAccount } from './held-sign-in.ts';
import { type InteractionLike, type InteractionView, viewOf } from './interaction-view.ts';
import { addressPage } from './pages/address-page.ts';
import { codePage } from './pages/code-page.ts';
import { consentPage } from './pages/consent-page.ts';
import { continuePage } from './pages/continue-page.ts';
import { deviceConfirmPage } from './pages/device-page.ts';
import type { SignInModel } from './pages/models.ts';
import { secondFactorPage } from './pages/second-factor-page.ts';
import { signInPage } from './pages/sign-in-page.ts';
import { secondFactorModel } from './second-factor-model.ts';
import { atSecondFactor } from './step-up.ts';
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
  const code = heldCode(interaction);
  if (code) return codePage(view.page, await codeModel(context, view, interaction, code));
  const isChoice = name === SELECT_ACCOUNT_PROMPT && (await signedInAccount(context, view, interaction));
  if (name === CONTINUE_PROMPT || isChoice)
    return continuePage(view.page, await continueModel(context, view, interaction));
  if (ANSWERED_BY_SIGN_IN.includes(name)) {
    const atFactor = await atSecondFactor(context, interaction);
    if (atFactor) return secondFactorPage(view.page, await secondFactorModel(context, view, atFactor.account));
    const toConfirm = await unconfirmed(context, view, interaction);
    if (toConfirm) return addressPage(view.page, { ...view.form, way: 'confirm', email: toConfirm });
    return name === CREATE_PROMPT && !context.upstreams.only
      ? addressPage(view.page, {
          ...view.form,
          ...upstreamWays(context),
          way: 'sign_up',
          email: emailOf(view, interaction),
        })
      : signInPage(
          view.page,
          signInModel(context, view, {
            ...emailIn(interaction),
            ...(await unavailable(context, view, interaction)),
          }),
        );
  }
  return consentPage(view.page, await consentModel(context, view, interaction));
}

function emailIn(interaction: InteractionLike): Pick<SignInModel, 'email'> {
  const email = heldEmail(interaction);
  return email === undefined ? {} : { email };
}

/** The address of somebody who is signed in already, where it has to be confirmed before anything else. */
async function unconfirmed(
  context: RealmContext,
  view: InteractionView,
  interaction: InteractionLike,
): Promise<string | undefined> {
  const { reasons = [] } = interaction.prompt;
  // Asked for another reason, too, they sign in, and are asked for the address then.
  if (reasons.length !== 1 || reasons[0] !== EMAIL_NOT_VERIFIED) return undefined;
  return (await signedInAccount(context, view, interaction))?.email;
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

/** What somebody has tried. */
export type SignInAttempt = Pick<
  SignInModel,
  'email' | 'emailProblem' | 'error' | 'done' | 'retryAfterMinutes' | 'upstreamProblem'
>;

export function signInModel(
  context: RealmContext,
  { form, boundTo, loginHint }: InteractionView,
  attempt: SignInAttempt = {},
): SignInModel {
  return {
    ...form,
    ...(loginHint !== undefined && { email: loginHint }),
    ...attempt,
    ...upstreamWays(context),
    passkey: requestOptions(context, boundTo),
    ...(context.realm === 'sandbox' && { personas: listPersonas() }),
  };
}

/** The address that was typed last in an interaction, or that the shop knows. */
function emailOf({ loginHint }: InteractionView, interaction: InteractionLike): string | undefined {
  return heldEmail(interaction) ?? loginHint;
}

/** The empty form, with the address that is known. */
export function signUpModel(context: RealmContext, view: InteractionView, interaction: InteractionLike): SignUpModel {
  const { form } = view;
  const email = emailOf(view, interaction);
  const values = email === undefined ? {} : { email };
  return { ...form, ...upstreamWays(context), minPasswordLength: MIN_PASSWORD_LENGTH, values, errors: {} };
}
