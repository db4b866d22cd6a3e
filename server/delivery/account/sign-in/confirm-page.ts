import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { csrfInput, passwordField, showPasswordScript } from '#pages/forms.ts';
import { isolate } from '#pages/text.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { passkeySignIn } from '../passkeys/passkey-sign-in.ts';
import { continueInput } from './continue-input.ts';
import { problemOf, type SignInAttempt } from './sign-in-page.ts';
import { signInStrings } from './strings.ts';

/** The same person once more, before something that matters: by password or passkey, whichever the account has. */
export function sendConfirm(call: PersonCall, status: number, attempt: SignInAttempt): Promise<FastifyReply> {
  const strings = signInStrings(call.language);
  const passkey = passkeySignIn(call, attempt);
  const { account } = call;
  const who = account.email ?? account.givenName ?? account.familyName ?? account.id;
  return sendPortalPage(call, status, {
    title: strings.confirmTitle,
    lead: strings.confirmLead,
    scripts: [showPasswordScript(), ...passkey.scripts],
    main: html`${attempt.error ? problemOf(call, attempt) : nothing}
<div class="card">
<p><span class="muted">${strings.signedInAs}</span> <b>${isolate(who)}</b></p>
${account.passwordHash === undefined ? passwordByMail(call) : passwordForm(call, attempt)}
${passkey.markup}
</div>
${account.passwordHash === undefined ? nothing : html`<p class="small"><a href="${call.base}/forgot-password">${call.language.strings.signIn.forgotPassword}</a></p>`}`,
  });
}

function passwordForm(call: PersonCall, attempt: SignInAttempt): unknown {
  const { language, base, account } = call;
  return html`<form class="stack" method="post" action="${base}/confirm">${csrfInput(call)}${continueInput(attempt)}
<input type="hidden" name="email" autocomplete="username" value=${account.email ?? nothing}>
${passwordField({
  language,
  autocomplete: 'current-password',
  autofocus: true,
  invalidBecause: attempt.error ? 'alert' : undefined,
})}
<div class="buttons"><button class="button primary">${signInStrings(language).confirm}</button></div></form>`;
}

/** Whoever has neither password nor passkey proves to read the account's mail. */
function passwordByMail({ language, base }: PersonCall): unknown {
  const strings = signInStrings(language);
  return html`<p>${strings.noPassword}</p>
<div class="buttons"><a class="button secondary" href="${base}/forgot-password">${strings.setByMail}</a></div>`;
}
