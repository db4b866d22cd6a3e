import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import type { PasswordProblem } from '#domain/accounts/credential-schemas.ts';
import { MIN_PASSWORD_LENGTH } from '#domain/accounts/passwords.ts';
import { csrfInput, showPasswordScript } from '#pages/forms.ts';
import { newPasswordField, passwordStrengthScript } from '#pages/new-password-field.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import { securityStrings } from './strings.ts';

export function sendChangePassword(
  call: PersonCall,
  status: number,
  { endOthers, problem }: { endOthers: boolean; problem?: PasswordProblem },
): Promise<FastifyReply> {
  const { account, base, language } = call;
  const { newPassword } = securityStrings(language);
  const frame = portalStrings(language);
  return sendPortalPage(call, status, {
    section: 'security',
    title: account.passwordHash === undefined ? newPassword.setTitle : newPassword.changeTitle,
    back: { href: `${base}/security`, label: frame.nav.security },
    scripts: [showPasswordScript(), passwordStrengthScript()],
    main: html`<form class="card stack" method="post" action="${base}/security/password">${csrfInput(call)}
<input type="hidden" id="email" autocomplete="username" value=${account.email ?? nothing}>
${newPasswordField({ label: newPassword.label, minLength: MIN_PASSWORD_LENGTH, autofocus: true, problem }, language)}
<label class="choice"><input type="checkbox" name="end_others" value="yes" ?checked=${endOthers}><span>${newPassword.endOthers}<br><span class="small muted">${newPassword.endOthersHint}</span></span></label>
<div class="buttons"><button class="button primary">${newPassword.submit}</button><a class="button secondary" href="${base}/security">${frame.cancel}</a></div></form>`,
  });
}
