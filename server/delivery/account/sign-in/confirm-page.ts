import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { isDirectorys } from '#domain/directory/owner.ts';
import { formFrame, passwordField, showPasswordScript } from '#pages/forms.ts';
import { isolate } from '#pages/text.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { statement } from '#portal/statement.ts';
import { upstreamSignIn } from '../identities/upstream-sign-in-form.ts';
import { passkeySignIn } from '../passkeys/passkey-sign-in.ts';
import { askForCodeButton } from './ask-for-code-button.ts';
import { continueInput } from './continue-input.ts';
import { problemOf, type SignInAttempt } from './sign-in-page.ts';

/** Asks the same person to prove again who they are, before something that matters: by password or passkey. */
export async function sendConfirm(
  call: PersonCall,
  status: number,
  attempt: SignInAttempt & { alsoCode?: boolean },
): Promise<FastifyReply> {
  const { account, base } = call;
  const { t } = call.language;
  const passkey = passkeySignIn(call, attempt);
  const who = account.email ?? account.givenName ?? account.familyName ?? account.id;
  const isElsewhere = await isDirectorys(call.context, account);
  const hasPassword = isElsewhere || account.passwordHash !== undefined;
  if (attempt.alsoCode) return sendAlsoCode(call, attempt);
  const forgot = html`<p class="small"><a href="${base}/forgot-password">${t('shared.signIn.forgotPassword')}</a></p>`;
  return sendPortalPage(call, status, {
    title: t('account.signIn.confirmTitle'),
    lead: t('account.signIn.confirmLead'),
    scripts: [showPasswordScript(), ...passkey.scripts],
    main: html`${attempt.error ? problemOf(call, attempt) : nothing}
<div class="card">
<p><span class="muted">${t('shared.common.signedInAs')}</span> <b>${isolate(who)}</b></p>
${hasPassword ? passwordForm(call, attempt) : passwordByMail(call)}
${codeForm(call, attempt, hasPassword)}
${upstreamSignIn(call, attempt)}
${passkey.markup}
</div>
${hasPassword ? forgot : nothing}`,
  });
}

/** Everything but the second factor has been proven, a moment ago. */
function sendAlsoCode(call: PersonCall, attempt: SignInAttempt): Promise<FastifyReply> {
  const { base, csrf, language } = call;
  const button = html`<button class="button primary">${language.t('account.signIn.confirm')}</button>`;
  return sendPortalPage(call, 200, {
    ...statement({
      kind: 'question',
      title: language.t('account.signIn.confirmTitle'),
      text: language.t('account.signIn.alsoCode'),
      next: formFrame({ action: `${base}/confirm`, csrf, layout: 'buttons' }, html`${continueInput(attempt)}${button}`),
    }),
  });
}

function passwordForm(call: PersonCall, attempt: SignInAttempt): unknown {
  const { language, base, csrf, account } = call;
  const password = passwordField({
    language,
    autocomplete: 'current-password',
    autofocus: true,
    invalidBecause: attempt.error ? 'alert' : undefined,
  });
  const submit = language.t('account.signIn.confirm');
  return formFrame(
    { action: `${base}/confirm`, csrf, layout: 'stack' },
    html`${continueInput(attempt)}
<input type="hidden" name="email" autocomplete="username" value=${account.email ?? nothing}>
${password}
<div class="buttons"><button class="button primary">${submit}</button></div>`,
  );
}

/** Whoever reads the account's mail could as well set another password. */
function codeForm(call: PersonCall, attempt: SignInAttempt, hasPassword: boolean): unknown {
  const { account, base, csrf } = call;
  if (account.email === undefined || call.context.upstreams.only) return nothing;
  const look = hasPassword ? 'secondary' : 'primary';
  const button = askForCodeButton(call, { way: 'confirm', look });
  return button === nothing
    ? nothing
    : formFrame({ action: `${base}/sign-in/code`, csrf, layout: 'buttons' }, html`${continueInput(attempt)}${button}`);
}

/** Whoever has neither password nor passkey proves that they read the account's mail. */
function passwordByMail({ language: { t }, base }: PersonCall): unknown {
  const set = t('account.signIn.setByMail');
  return html`<p>${t('account.signIn.noPassword')}</p>
<div class="buttons"><a class="button secondary" href="${base}/forgot-password">${set}</a></div>`;
}
