import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { MIN_PASSWORD_LENGTH } from '#domain/accounts/passwords.ts';
import { signUpTerms } from '#pages/brand.ts';
import { carryEmailScript } from '#pages/carry-email.ts';
import { alertBox, formFrame, showPasswordScript } from '#pages/forms.ts';
import type { SignUpModel } from '#pages/models.ts';
import { passwordStrengthScript } from '#pages/new-password-field.ts';
import { puzzleField, puzzleScripts, type Unproven, unprovenWords } from '#pages/puzzle.ts';
import { firstInvalid, signUpFields } from '#pages/sign-up-fields.ts';
import { continueTo } from '#portal/continue.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PortalCall } from '#portal/route.ts';
import { tellBusy, tellToWait } from '#portal/too-many-attempts.ts';
import { askForCodeButton } from './ask-for-code-button.ts';
import { puzzleOf } from './bot-check.ts';
import { continueInput } from './continue-input.ts';

export interface SignUpAttempt extends Pick<SignUpModel, 'values' | 'errors'> {
  /** Where to go on. */
  continue: string;
  /** There have been too many of late. */
  retryAfterMs?: number;
  /** The browser has yet to show that it is no bot. */
  unproven?: Unproven;
  /** The address has had enough codes for now. */
  notMailed?: boolean;
  /** The server has too much to do at the moment. */
  busyForMs?: number;
}

export async function sendSignUp(call: PortalCall, status: number, attempt: SignUpAttempt): Promise<FastifyReply> {
  const { language, base, csrf, context } = call;
  const { t } = language;
  const isTooMany = attempt.retryAfterMs !== undefined;
  const fields = signUpFields(
    { ...attempt, ...(isTooMany && { error: 'too_many_attempts' }), minPasswordLength: MIN_PASSWORD_LENGTH },
    language,
  );
  const puzzle = attempt.unproven?.puzzle ?? (await puzzleOf(call, 'sign_up'));
  const signIn = continueTo(call, 'sign-in', attempt.continue);
  return sendPortalPage(call, status, {
    title: t('shared.signUp.heading', { platform: language.isolate(context.config.platformName) }),
    width: 'narrow',
    scripts: [showPasswordScript(), passwordStrengthScript(), carryEmailScript(), ...puzzleScripts(puzzle)],
    main: html`${problemOf(call, attempt)}
${formFrame(
  { action: `${base}/sign-up`, csrf, layout: 'stack' },
  html`${continueInput(attempt)}
${fields}
${signUpTerms(context.config.brand, language)}
${puzzleField(puzzle, language)}
<button class="button primary">${t('shared.signUp.submit')}</button>
${askForCodeButton(call, { way: 'sign_up', look: 'secondary' })}`,
)}
<p class="below small muted">${t('shared.signUp.haveAccount')}
<a href=${signIn}>${t('shared.signUp.signInInstead')}</a></p>`,
  });
}

function problemOf(call: PortalCall, { errors, notMailed, retryAfterMs, busyForMs, unproven }: SignUpAttempt): unknown {
  if (unproven) return alertBox(unprovenWords(unproven, call.language));
  if (notMailed) return alertBox(call.language.t('popup.code.errors.not_mailed'));
  if (busyForMs !== undefined) return tellBusy(call, busyForMs);
  if (retryAfterMs !== undefined) return tellToWait(call, retryAfterMs);
  return firstInvalid(errors) ? alertBox(call.language.t('shared.common.checkFields')) : nothing;
}
