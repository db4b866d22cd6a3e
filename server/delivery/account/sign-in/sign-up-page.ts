import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { MIN_PASSWORD_LENGTH } from '#domain/accounts/passwords.ts';
import { signUpTerms } from '#pages/brand.ts';
import { alertBox, csrfInput, showPasswordScript } from '#pages/forms.ts';
import type { SignUpModel } from '#pages/models.ts';
import { passwordStrengthScript } from '#pages/new-password-field.ts';
import { firstInvalid, signUpFields } from '#pages/sign-up-fields.ts';
import { continueTo } from '#portal/continue.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PortalCall } from '#portal/route.ts';
import { tellToWait } from '#portal/too-many-attempts.ts';
import { continueInput } from './continue-input.ts';

export interface SignUpAttempt extends Pick<SignUpModel, 'values' | 'errors'> {
  /** Where to go on. */
  continue: string;
  /** There have been too many of late. */
  retryAfterMs?: number;
}

export function sendSignUp(call: PortalCall, status: number, attempt: SignUpAttempt): Promise<FastifyReply> {
  const { language, base, context } = call;
  const { strings } = language;
  const { signUp } = strings;
  const { retryAfterMs } = attempt;
  const problem =
    retryAfterMs !== undefined
      ? tellToWait(call, retryAfterMs)
      : firstInvalid(attempt.errors)
        ? alertBox(strings.common.checkFields)
        : nothing;
  return sendPortalPage(call, status, {
    title: signUp.heading.replace('{platform}', context.config.platformName),
    width: 'narrow',
    scripts: [showPasswordScript(), passwordStrengthScript()],
    main: html`${problem}
<form class="stack" method="post" action="${base}/sign-up">${csrfInput(call)}${continueInput(attempt)}
${signUpFields(
  {
    ...attempt,
    ...(retryAfterMs !== undefined && { error: 'too_many_attempts' as const }),
    minPasswordLength: MIN_PASSWORD_LENGTH,
  },
  language,
)}
${signUpTerms(context.config.brand, language)}
<button class="button primary">${signUp.submit}</button></form>
<p class="below small muted">${signUp.haveAccount} <a href=${continueTo(call, 'sign-in', attempt.continue)}>${signUp.signInInstead}</a></p>`,
  });
}
