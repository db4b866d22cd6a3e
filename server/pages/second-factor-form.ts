import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { nothing } from 'lit';
import type { Brand } from '../brand/brand.ts';
import { CODE_LENGTH, RECOVERY_CODE_LENGTH, TRUST_DAYS } from '../domain/second-factor/format.ts';
import { supportLink } from './brand.ts';
import { checkboxField, formFrame, textField, tooManyAttempts } from './forms.ts';
import { usePasskeyForm } from './passkeys.ts';
import { isolate } from './text.ts';

/** Why a second factor was refused. */
export type SecondFactorProblem =
  | { kind: 'wrong' | 'used' | 'malformed' | 'unavailable' | 'passkey_refused' }
  | { kind: 'too_many_attempts'; retryAfterMs: number };

/** Where somebody is asked for their second factor. */
export interface SecondFactorForm {
  /** Takes the code, as `code` or `recovery_code`, and `trust`. */
  action: string;
  csrf: string;
  /** Whether a recovery code is asked for, or one of the app. */
  way: 'app' | 'recovery';
  /** Where the other of the two is asked for. */
  otherWay: string;
  /** Whether they may say that they do not want to be asked in this browser again. */
  mayTrust: boolean;
  /** Of an account with a passkey, which stands in for the code. */
  passkey?: { action: string; options: PublicKeyCredentialRequestOptionsJSON };
  problem?: SecondFactorProblem | undefined;
}

/** The page's title. */
export function secondFactorTitle({ t }: Language): string {
  return t('shared.secondFactor.title');
}

/** Heading and explanation. */
export function secondFactorIntro(
  { way }: Pick<SecondFactorForm, 'way'>,
  platformName: string,
  { t }: Language,
): unknown {
  const recovery = html`<h1>${t('shared.secondFactor.recoveryHeading')}</h1><p>${t('shared.secondFactor.recoveryLead')}</p>`;
  const platform = isolate(platformName);
  const app = html`<h1>${t('shared.secondFactor.heading')}</h1><p>${t.rich('shared.secondFactor.lead', { platform })}</p>`;
  return way === 'recovery' ? recovery : app;
}

/** The text box, and the choice not to be asked again. Its button stands elsewhere, with `form="second-factor"`. */
export function secondFactorFields(form: SecondFactorForm, language: Language): unknown {
  const { t, duration } = language;
  const { action, csrf, mayTrust } = form;
  const days = duration(TRUST_DAYS, 'day');
  const trust = checkboxField({
    name: 'trust',
    label: t('shared.secondFactor.trust'),
    hint: t('shared.secondFactor.trustHint', { duration: days }),
  });
  return formFrame(
    { id: 'second-factor', action, csrf, layout: 'stack' },
    html`${codeField(form, language)}${mayTrust ? trust : nothing}`,
  );
}

/** The button of {@link secondFactorFields}, and of the passkey that stands in for the code. */
export function secondFactorButtons({ csrf, passkey }: SecondFactorForm, language: Language): unknown {
  const { t } = language;
  const byPasskey =
    passkey && usePasskeyForm({ ...passkey, csrf, language, failed: t('shared.secondFactor.errors.passkey') });
  return html`<button class="button primary" form="second-factor">${t('shared.secondFactor.submit')}</button>${byPasskey ?? nothing}`;
}

/** The other kind of code, and what is left to whoever has lost everything. */
export function secondFactorLinks(
  { way, otherWay }: SecondFactorForm,
  brand: Brand | undefined,
  { t }: Language,
): unknown {
  const other = t(way === 'app' ? 'shared.secondFactor.useRecovery' : 'shared.secondFactor.useApp');
  const support = supportLink(brand, { t });
  const lost =
    way === 'recovery' && support !== undefined
      ? html`<p class="small muted">${t('shared.secondFactor.lost')} ${t.rich('shared.secondFactor.lostAsk', { support })}</p>`
      : nothing;
  return html`<p class="below small"><a href=${otherWay}>${other}</a></p>${lost}`;
}

/** For the alert of the page. */
export function secondFactorProblem({ way, problem }: SecondFactorForm, language: Language): string | undefined {
  const { t } = language;
  if (problem === undefined) return undefined;
  switch (problem.kind) {
    case 'too_many_attempts':
      return tooManyAttempts(Math.ceil(problem.retryAfterMs / 60_000), language);
    case 'passkey_refused':
      return t('shared.secondFactor.errors.passkey');
    case 'malformed':
      return way === 'app'
        ? t('shared.secondFactor.errors.malformed', { count: CODE_LENGTH })
        : t('shared.secondFactor.errors.recoveryMalformed', { count: RECOVERY_CODE_LENGTH });
    case 'wrong':
      return t(way === 'app' ? 'shared.secondFactor.errors.wrong' : 'shared.secondFactor.errors.recoveryWrong');
    default:
      return t(`shared.secondFactor.errors.${problem.kind}`);
  }
}

function codeField({ way, problem }: SecondFactorForm, { t }: Language): unknown {
  const validity = problem && { invalidBecause: 'alert' };
  const common = { direction: 'ltr', required: true, autofocus: true, ...validity } as const;
  return way === 'app'
    ? textField({
        ...common,
        name: 'code',
        label: t('shared.secondFactor.label'),
        autocomplete: 'one-time-code',
        inputMode: 'numeric',
      })
    : textField({
        ...common,
        name: 'recovery_code',
        label: t('shared.secondFactor.recoveryLabel'),
        autocomplete: 'off',
      });
}
