import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import type { EmailProblem } from '#domain/accounts/credential-schemas.ts';
import { listPersonas } from '#domain/sandbox/personas.ts';
import { carryEmailScript } from '#pages/carry-email.ts';
import { alertBox, formFrame, passwordField, showPasswordScript, textField } from '#pages/forms.ts';
import { personaForm } from '#pages/persona-form.ts';
import { isolate } from '#pages/text.ts';
import { continueTo } from '#portal/continue.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PortalCall } from '#portal/route.ts';
import { tellBusy, tellToWait } from '#portal/too-many-attempts.ts';
import { upstreamProblemAlert, upstreamSignIn } from '../identities/upstream-sign-in-form.ts';
import { passkeySignIn } from '../passkeys/passkey-sign-in.ts';
import { askForCodeButton } from './ask-for-code-button.ts';
import { continueInput } from './continue-input.ts';

export interface SignInAttempt {
  /** Where to go on. */
  continue: string;
  email?: string;
  error?:
    | 'invalid_credentials'
    | 'account_blocked'
    | 'account_gone'
    | 'address_known'
    | 'directory_down'
    | 'too_many_attempts'
    | 'too_many_picks'
    | 'code_not_mailed'
    | 'busy';
  /** What is wrong with the address to which a code was to be mailed. */
  emailProblem?: EmailProblem;
  retryAfterMs?: number;
  /** What took several pages has come to no end. */
  isExpired?: boolean;
  /** What has been done just before. */
  done?: 'password_reset' | 'started_over' | undefined;
}

export function sendSignIn(call: PortalCall, status: number, attempt: SignInAttempt): Promise<FastifyReply> {
  const { language, context } = call;
  const { t } = language;
  const isSandbox = context.realm === 'sandbox';
  const expired = attempt.isExpired ? alertBox(t('account.signIn.expired')) : upstreamProblemAlert(call);
  const problem = attempt.error ? problemOf(call, attempt) : expired;
  // A test person was picked at the top, a wrong password typed at the bottom: the message stands where the person is looking.
  const isAboutPick = attempt.error === 'account_blocked' || attempt.error === 'too_many_picks';
  const isAboutForm = isSandbox && !isAboutPick;
  const passkey = passkeySignIn(call, attempt);
  const { only } = context.upstreams;
  return sendPortalPage(call, status, {
    title: t('account.signIn.title', { platform: language.isolate(context.config.platformName) }),
    lead: t('account.signIn.lead'),
    width: 'narrow',
    notice: doneText(attempt, t),
    scripts: [showPasswordScript(), ...passkey.scripts, carryEmailScript()],
    main: html`${isAboutForm ? nothing : problem}
${isSandbox ? personas(call, attempt) : nothing}
${isAboutForm ? problem : nothing}
${only ? nothing : signInForm(call, attempt)}
${upstreamSignIn(call, attempt)}
${passkey.markup}
${only ? nothing : otherWays(call, attempt)}`,
  });
}

function doneText({ done }: SignInAttempt, t: Language['t']): string | undefined {
  return done === 'started_over' ? t(`shared.signIn.done.${done}`) : done && t(`account.signIn.done.${done}`);
}

function personas({ base, csrf, language }: PortalCall, attempt: SignInAttempt): unknown {
  const form = { base, csrf, personas: listPersonas(), inputs: continueInput(attempt) };
  return personaForm(form, language);
}

function signInForm({ base, csrf, context, language }: PortalCall, attempt: SignInAttempt): unknown {
  const { t } = language;
  const { emailProblem } = attempt;
  const isFirstSight = attempt.error === undefined && emailProblem === undefined && context.realm !== 'sandbox';
  const invalidBecause = attempt.error === 'invalid_credentials' ? 'alert' : undefined;
  const email = textField({
    name: 'email',
    label: t('shared.signIn.email'),
    type: 'email',
    value: attempt.email,
    autocomplete: 'username webauthn',
    direction: 'ltr',
    required: true,
    autofocus: emailProblem !== undefined || (isFirstSight && !attempt.email),
    ...(emailProblem ? { error: t(`shared.errors.${emailProblem}`) } : { invalidBecause }),
  });
  const password = passwordField({
    language,
    autocomplete: 'current-password',
    autofocus: emailProblem === undefined && Boolean(attempt.email),
    invalidBecause,
  });
  return formFrame(
    { action: `${base}/sign-in`, csrf, layout: 'stack' },
    html`${continueInput(attempt)}
${email}
${password}
<button class="button primary">${t('shared.signIn.submit')}</button>
${askForCodeButton({ base, context, language }, { way: 'sign_in', look: 'secondary' })}`,
  );
}

function otherWays(call: PortalCall, attempt: SignInAttempt): unknown {
  const { context, language } = call;
  const { t } = language;
  const newHere = t.rich('shared.signIn.newHere', { platform: isolate(context.config.platformName) });
  const signUp = continueTo(call, 'sign-up', attempt.continue);
  const forgot = continueTo(call, 'forgot-password', attempt.continue);
  return html`<div><p class="below small"><a href=${forgot}>${t('shared.signIn.forgotPassword')}</a></p>
<p class="below small muted">${newHere} <a href=${signUp}>${t('shared.signIn.createAccount')}</a></p></div>`;
}

/** The same words whether or not there is such an account. */
export function problemOf(call: PortalCall, { error, retryAfterMs = 0 }: SignInAttempt): unknown {
  const { t } = call.language;
  const platform = isolate(call.context.config.platformName);
  switch (error) {
    case 'too_many_attempts':
    case 'too_many_picks':
      return tellToWait(call, retryAfterMs);
    case 'busy':
      return tellBusy(call, retryAfterMs);
    case 'code_not_mailed':
      return alertBox(t('popup.code.errors.not_mailed'));
    case 'account_blocked':
    case 'account_gone':
    case 'directory_down':
      return alertBox(t.rich(`shared.signIn.errors.${error}`, { platform }));
    case 'address_known':
      return alertBox(t('shared.signIn.errors.address_known'));
    default:
      return alertBox(t('shared.signIn.errors.invalid_credentials'));
  }
}
