import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import {
  alertBox,
  csrfInput,
  passwordField,
  showPasswordScript,
  textField,
  tooManyAttempts,
} from '../../pages/forms.ts';
import { fill, isolate } from '../../pages/text.ts';
import { sendPortalPage } from '../layout.ts';
import type { PersonCall, PortalCall } from '../route.ts';
import { signInStrings } from './strings.ts';

export interface SignInAttempt {
  /** Where to go on. */
  continue: string;
  email?: string;
  error?: 'invalid_credentials' | 'account_blocked' | 'too_many_attempts';
  retryAfterMs?: number;
}

export function sendSignIn(call: PortalCall, status: number, attempt: SignInAttempt): Promise<FastifyReply> {
  const { language, base, context } = call;
  const strings = signInStrings(language);
  const { signIn } = language.strings;
  const invalidBecause = attempt.error === 'invalid_credentials' ? 'alert' : undefined;
  return sendPortalPage(call, status, {
    title: strings.title.replace('{platform}', context.config.platformName),
    lead: strings.lead,
    width: 'narrow',
    scripts: [showPasswordScript()],
    main: html`${attempt.error ? alertBox(problemOf(call, attempt)) : nothing}
<form class="stack" method="post" action="${base}/sign-in">${csrfInput(call)}${continueInput(attempt)}
${textField({
  name: 'email',
  label: signIn.email,
  type: 'email',
  value: attempt.email,
  autocomplete: 'username',
  direction: 'ltr',
  required: true,
  autofocus: !attempt.email,
  invalidBecause,
})}
${passwordField({
  strings: language.strings,
  autocomplete: 'current-password',
  autofocus: Boolean(attempt.email),
  invalidBecause,
})}
<button class="button primary">${signIn.submit}</button></form>`,
  });
}

/** The same person once more, before something that matters. */
export function sendConfirm(call: PersonCall, status: number, attempt: SignInAttempt): Promise<FastifyReply> {
  const { language, base, account } = call;
  const strings = signInStrings(language);
  return sendPortalPage(call, status, {
    title: strings.confirmTitle,
    lead: strings.confirmLead,
    scripts: [showPasswordScript()],
    main: html`${attempt.error ? alertBox(problemOf(call, attempt)) : nothing}
<form class="card stack" method="post" action="${base}/confirm">${csrfInput(call)}${continueInput(attempt)}
<p><span class="muted">${strings.signedInAs}</span> <b>${isolate(account.email ?? '')}</b></p>
<input type="hidden" name="email" autocomplete="username" value=${account.email ?? nothing}>
${passwordField({
  strings: language.strings,
  autocomplete: 'current-password',
  autofocus: true,
  invalidBecause: attempt.error ? 'alert' : undefined,
})}
<div class="buttons"><button class="button primary">${strings.confirm}</button></div></form>`,
  });
}

function continueInput(attempt: SignInAttempt): unknown {
  return html`<input type="hidden" name="continue" value=${attempt.continue}>`;
}

/** The same words whether or not there is such an account. */
function problemOf({ language, context }: PortalCall, { error, retryAfterMs }: SignInAttempt): unknown {
  const { strings, tag } = language;
  switch (error) {
    case 'too_many_attempts':
      return tooManyAttempts(retryAfterMs && Math.ceil(retryAfterMs / 60_000), tag, strings);
    case 'account_blocked':
      return fill(strings.signIn.errors.account_blocked, { platform: isolate(context.config.platformName) });
    default:
      return strings.signIn.errors.invalid_credentials;
  }
}
