import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { nothing } from 'lit';
import { csrfInput } from './forms.ts';
import { alertIcon, keyIcon } from './icons.ts';
import { inlineScript } from './inline.ts';
import { canMakePasskey } from './scripts/can-make-passkey.ts';
import { createPasskey } from './scripts/create-passkey.ts';
import { usePasskey } from './scripts/use-passkey.ts';

/** For a page with {@link usePasskeyForm}. */
export const usePasskeyScript = inlineScript(usePasskey);
/** For a page with {@link createPasskeyForm}. */
export const createPasskeyScript = inlineScript(createPasskey);

/** For a page without either that has the hidden field `passkeys`. */
export const canMakePasskeyScript = inlineScript(canMakePasskey);

/** The forms carry what the browser's `toJSON()` gave in their field `response`. */
interface PasskeyForm<Options> {
  action: string;
  csrf: string;
  options: Options;
  language: Pick<Language, 't'>;
  /** More inputs. */
  inputs?: unknown;
}

/**
 * The button that signs in with a passkey; shown by its script, where the browser can. On the same page, an input with `webauthn` in its
 * `autocomplete` offers passkeys too.
 * @param form.failed what it says when none was used, where a password is not what is left
 */
export function usePasskeyForm(
  form: PasskeyForm<PublicKeyCredentialRequestOptionsJSON> & { failed?: string },
): unknown {
  const { t } = form.language;
  const hidden = html`${csrfInput(form)}${form.inputs ?? nothing}<input type="hidden" name="response">`;
  const button = html`<button class="button secondary">${keyIcon}<span>${t('shared.passkey.use')}</span></button>`;
  const failed = html`<p class="error" role="alert" hidden>${form.failed ?? t('shared.passkey.notUsed')}</p>`;
  return html`<form method="post" action=${form.action} data-passkey-request=${JSON.stringify(form.options)}
 hidden>${hidden}${button}${failed}</form>`;
}

/** The button that makes a passkey; shown by its script, and in its place what is marked `data-incapable` without one. */
export function createPasskeyForm(
  form: PasskeyForm<PublicKeyCredentialCreationOptionsJSON> & { submit: string; look?: 'primary' | 'secondary' },
): unknown {
  const { t } = form.language;
  const hidden = html`${csrfInput(form)}${form.inputs ?? nothing}<input type="hidden" name="response">`;
  const button = html`<div class="buttons"><button class="button ${form.look ?? 'primary'}">${form.submit}</button></div>`;
  const problems = [problem('failed', t('shared.passkey.notMade')), problem('exists', t('shared.passkey.alreadyHere'))];
  return html`<form class="stack" method="post" action=${form.action} data-passkey-creation=${JSON.stringify(form.options)}
 hidden>${hidden}${button}${problems}</form>`;
}

function problem(name: string, message: string): unknown {
  return html`<div class="alert" role="alert" data-problem=${name} hidden>${alertIcon}<p>${message}</p></div>`;
}
