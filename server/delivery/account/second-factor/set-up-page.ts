import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { CODE_LENGTH } from '#domain/second-factor/format.ts';
import { hasSecondFactor } from '#domain/second-factor/second-factor.ts';
import type { ConfirmedSetUp, SetUp } from '#domain/second-factor/set-up.ts';
import { alertBox, formFrame, textField } from '#pages/forms.ts';
import { qrCode } from '#pages/qr-code.ts';
import { isolateLeftToRight } from '#pages/text.ts';
import { formButtons } from '#portal/form-buttons.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { statement } from '#portal/statement.ts';
import { secondFactorPath } from './paths.ts';

export type SetUpProblem = Exclude<ConfirmedSetUp['outcome'], 'confirmed'>;

/** What is needed for it. Only the form begins it, because a page that is opened changes nothing. */
export function sendBeforeSetUp(call: PersonCall): Promise<FastifyReply> {
  const { base, csrf, language } = call;
  const { t } = language;
  const security = `${base}/security`;
  const buttons = formButtons({ submit: t('shared.secondFactor.submit'), cancel: security }, language);
  return sendPortalPage(call, 200, {
    navItem: 'security',
    back: { href: security, label: t('account.frame.nav.security') },
    ...statement({
      kind: 'question',
      title: t('account.secondFactor.setUp'),
      text: t('account.secondFactor.setting.need'),
      next: formFrame({ action: `${secondFactorPath(call)}/begin`, csrf }, buttons),
    }),
  });
}

/** What an authenticator app takes over, as a picture and as text, and the first code that it shows. */
export async function sendSetUp(
  call: PersonCall,
  status: 200 | 400,
  { uri, secret }: SetUp,
  problem?: SetUpProblem,
): Promise<FastifyReply> {
  const { account, base, context, csrf, language } = call;
  const { t } = language;
  const security = `${base}/security`;
  const code = textField({
    name: 'code',
    label: t('shared.secondFactor.label'),
    autocomplete: 'one-time-code',
    inputMode: 'numeric',
    direction: 'ltr',
    required: true,
    ...(problem && { invalidBecause: 'alert', autofocus: true }),
  });
  const replaces = (await hasSecondFactor(context, account))
    ? html`<p class="small muted">${t('account.secondFactor.setting.replaces')}</p>`
    : nothing;
  const picture = await qrCode(uri, t('account.secondFactor.setting.qr'));
  return sendPortalPage(call, status, {
    navItem: 'security',
    title: t('account.secondFactor.setUp'),
    lead: t('account.secondFactor.setting.lead'),
    back: { href: security, label: t('account.frame.nav.security') },
    main: html`${problem ? alertBox(problemOf(call, problem)) : nothing}
${formFrame(
  { action: `${secondFactorPath(call)}/new`, csrf, layout: 'card stack' },
  html`${picture}
<div><p class="small muted">${t('account.secondFactor.setting.byHand')}</p>
<p><code translate="no">${isolateLeftToRight(secret)}</code></p></div>
${replaces}
${code}
${formButtons({ submit: t('account.secondFactor.setting.confirm'), cancel: security }, language)}`,
)}`,
  });
}

function problemOf({ language: { t } }: PersonCall, problem: SetUpProblem): string {
  switch (problem) {
    case 'over':
      return t('account.secondFactor.setting.over');
    case 'wrong':
      return t('shared.secondFactor.errors.wrong');
    case 'malformed':
      return t('shared.secondFactor.errors.malformed', { count: CODE_LENGTH });
  }
}
