import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import type { PasswordProblem } from '#domain/accounts/credential-schemas.ts';
import { MIN_PASSWORD_LENGTH } from '#domain/accounts/passwords.ts';
import { checkboxField, formFrame, showPasswordScript } from '#pages/forms.ts';
import { newPasswordField, passwordStrengthScript } from '#pages/new-password-field.ts';
import { formButtons } from '#portal/form-buttons.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';

export function sendChangePassword(
  call: PersonCall,
  status: number,
  { endOthers, problem }: { endOthers: boolean; problem?: PasswordProblem },
): Promise<FastifyReply> {
  const { account, base, csrf, language } = call;
  const { t } = language;
  const security = `${base}/security`;
  const label = t('account.security.newPassword.label');
  const others = checkboxField({
    name: 'end_others',
    label: t('account.security.newPassword.endOthers'),
    hint: t('account.security.newPassword.endOthersHint'),
    checked: endOthers,
  });
  const isFirst = account.passwordHash === undefined;
  return sendPortalPage(call, status, {
    navItem: 'security',
    title: t(isFirst ? 'account.security.newPassword.setTitle' : 'account.security.newPassword.changeTitle'),
    back: { href: security, label: t('account.frame.nav.security') },
    scripts: [showPasswordScript(), passwordStrengthScript()],
    main: formFrame(
      { action: `${security}/password`, csrf, layout: 'card stack' },
      html`<input type="hidden" id="email" autocomplete="username" value=${account.email ?? nothing}>
${newPasswordField({ label, minLength: MIN_PASSWORD_LENGTH, autofocus: true, problem }, language)}
${others}
${formButtons({ submit: t('account.security.newPassword.submit'), cancel: security }, language)}`,
    ),
  });
}
