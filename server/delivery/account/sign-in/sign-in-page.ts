import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { listPersonas } from '#domain/sandbox/personas.ts';
import { alertBox, csrfInput, passwordField, showPasswordScript, textField } from '#pages/forms.ts';
import { personaForm } from '#pages/persona-form.ts';
import { fill, isolate } from '#pages/text.ts';
import { continueTo } from '#portal/continue.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PortalCall } from '#portal/route.ts';
import { tellToWait } from '#portal/too-many-attempts.ts';
import { passkeySignIn } from '../passkeys/passkey-sign-in.ts';
import { continueInput } from './continue-input.ts';
import { signInStrings } from './strings.ts';

export interface SignInAttempt {
  /** Where to go on. */
  continue: string;
  email?: string;
  error?: 'invalid_credentials' | 'account_blocked' | 'too_many_attempts';
  retryAfterMs?: number;
  /** What has been done just before. */
  done?: keyof ReturnType<typeof signInStrings>['done'] | undefined;
}

export function sendSignIn(call: PortalCall, status: number, attempt: SignInAttempt): Promise<FastifyReply> {
  const { language, base, context } = call;
  const strings = signInStrings(language);
  const { signIn } = language.strings;
  const platform = isolate(context.config.platformName);
  const isSandbox = context.realm === 'sandbox';
  const isFirstSight = attempt.error === undefined && !isSandbox;
  const invalidBecause = attempt.error === 'invalid_credentials' ? 'alert' : undefined;
  const problem = attempt.error ? problemOf(call, attempt) : nothing;
  // A blocked test person was picked at the top, a wrong password typed at the bottom: say it where the person is looking.
  const isAboutForm = isSandbox && attempt.error !== 'account_blocked';
  const passkey = passkeySignIn(call, attempt);
  return sendPortalPage(call, status, {
    title: strings.title.replace('{platform}', context.config.platformName),
    lead: strings.lead,
    width: 'narrow',
    notice: attempt.done && strings.done[attempt.done],
    scripts: [showPasswordScript(), ...passkey.scripts],
    main: html`${isAboutForm ? nothing : problem}
${
  isSandbox
    ? personaForm(
        { action: `${base}/persona`, csrf: call.csrf, personas: listPersonas(), inputs: continueInput(attempt) },
        language,
      )
    : nothing
}
${isAboutForm ? problem : nothing}
<form class="stack" method="post" action="${base}/sign-in">${csrfInput(call)}${continueInput(attempt)}
${textField({
  name: 'email',
  label: signIn.email,
  type: 'email',
  value: attempt.email,
  autocomplete: 'username webauthn',
  direction: 'ltr',
  required: true,
  autofocus: isFirstSight && !attempt.email,
  invalidBecause,
})}
${passwordField({
  language,
  autocomplete: 'current-password',
  autofocus: Boolean(attempt.email),
  invalidBecause,
})}
<button class="button primary">${signIn.submit}</button></form>
${passkey.markup}
<div><p class="below small"><a href="${base}/forgot-password">${signIn.forgotPassword}</a></p>
<p class="below small muted">${fill(signIn.newHere, { platform })} <a href=${continueTo(call, 'sign-up', attempt.continue)}>${signIn.createAccount}</a></p></div>`,
  });
}

/** The same words whether or not there is such an account. */
export function problemOf(call: PortalCall, { error, retryAfterMs = 0 }: SignInAttempt): unknown {
  const { signIn } = call.language.strings;
  switch (error) {
    case 'too_many_attempts':
      return tellToWait(call, retryAfterMs);
    case 'account_blocked':
      return alertBox(fill(signIn.errors.account_blocked, { platform: isolate(call.context.config.platformName) }));
    default:
      return alertBox(signIn.errors.invalid_credentials);
  }
}
