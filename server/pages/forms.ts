import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import type { Strings } from '../strings/pick-strings.ts';
import { alertIcon } from './icons.ts';
import { inlineScript } from './inline.ts';
import { forms } from './scripts/forms.ts';
import { showPassword } from './scripts/show-password.ts';
import { fill, formatMinutes } from './text.ts';

/** For every page with a form. */
export const formsScript = inlineScript(forms);
/** For every page with {@link passwordField}. */
export const showPasswordScript = inlineScript(showPassword);

/** Proof that a form is ours. */
export function csrfInput(form: { readonly csrf: string }): unknown {
  return html`<input type="hidden" name="csrf" value=${form.csrf}>`;
}

/** Tells what went wrong, before the form. */
export function alertBox(message: unknown, id = 'alert'): unknown {
  return html`<div class="alert" role="alert" id=${id}>${alertIcon}<p>${message}</p></div>`;
}

/** @param minutes until another attempt makes sense; undefined when that is not known */
export function tooManyAttempts(minutes: number | undefined, language: string, strings: Strings): unknown {
  if (minutes === undefined) return strings.common.tooManyAttemptsLater;
  return fill(strings.common.tooManyAttempts, { duration: formatMinutes(minutes, language) });
}

export interface TextField {
  /** Also the id. */
  name: string;
  label: string;
  type?: 'text' | 'email' | 'tel' | 'url';
  value?: string | undefined;
  autocomplete: string;
  required?: boolean;
  autofocus?: boolean;
  /** For what reads from left to right in every language. */
  direction?: 'ltr';
  /** Below the input, linked to it. */
  hint?: string | undefined;
  /** Message about this field alone, below it. */
  error?: string | undefined;
  /** Invalid for a reason that stands elsewhere: the id of the element that tells it. */
  invalidBecause?: string | undefined;
  /** Width within a `.pair`. */
  width?: 'narrow' | 'wide' | 'full';
}

/** A labelled text input, its message linked to it. */
export function textField(field: TextField): unknown {
  const { name, hint } = field;
  const described = hint === undefined ? describedBy(field) : describedBy(field, `${name}-hint`);
  return html`<div class="input ${field.width ?? ''}"><label for=${name}>${field.label}</label><span class="control"><input id=${name} name=${name} type=${field.type ?? 'text'} value=${field.value ?? nothing} autocomplete=${field.autocomplete} dir=${field.direction ?? nothing} autocapitalize=${field.type === 'email' || field.type === 'url' ? 'none' : nothing} spellcheck="false" ?required=${field.required} ?autofocus=${field.autofocus} aria-invalid=${isInvalid(field) ? 'true' : nothing} aria-describedby=${described ?? nothing}></span>${fieldError(field)}${hint === undefined ? nothing : html`<p class="hint" id="${name}-hint">${hint}</p>`}</div>`;
}

/** What every kind of input says about its validity. */
export type Validity = Pick<TextField, 'name' | 'error' | 'invalidBecause'>;

export function isInvalid(field: Validity): boolean {
  return field.error !== undefined || field.invalidBecause !== undefined;
}

/** Ids for `aria-describedby`. @param others ids of hints */
export function describedBy(field: Validity, ...others: string[]): string | undefined {
  const ids = [field.error === undefined ? field.invalidBecause : `${field.name}-error`, ...others];
  return ids.filter((id) => id !== undefined).join(' ') || undefined;
}

export function fieldError(field: Validity): unknown {
  return field.error === undefined ? nothing : html`<p class="error" id="${field.name}-error">${field.error}</p>`;
}

export interface PasswordField {
  strings: Strings;
  /** Default: the word "Password". */
  label?: string;
  autocomplete: 'current-password' | 'new-password';
  minLength?: number;
  autofocus?: boolean;
  error?: string | undefined;
  invalidBecause?: string | undefined;
  /** Below the input, linked to it; the element carries the id `password-hint`. */
  hint?: unknown;
  /** After everything else about the field. */
  meter?: unknown;
}

/**
 * The password, with a button to read it. Nothing but the input itself is labelled with the word, so that whoever looks for
 * "Password" finds one control. It never has a value: a password is not sent back.
 */
export function passwordField(field: PasswordField): unknown {
  const { password } = field.strings;
  const validity: Validity = { name: 'password', error: field.error, invalidBecause: field.invalidBecause };
  const described = field.hint ? describedBy(validity, 'password-hint') : describedBy(validity);
  return html`<div class="input"><label for="password">${field.label ?? password.label}</label><span class="control"><input id="password" name="password" type="password" autocomplete=${field.autocomplete} minlength=${field.minLength ?? nothing} autocapitalize="none" spellcheck="false" required ?autofocus=${field.autofocus} aria-invalid=${isInvalid(validity) ? 'true' : nothing} aria-describedby=${described ?? nothing}><button class="toggle" type="button" data-toggle data-show=${password.show} data-hide=${password.hide} aria-controls="password" hidden>${password.show}</button></span><span class="hidden" role="status" data-toggle-status data-shown=${password.shown} data-hidden=${password.hidden}></span>${fieldError(validity)}${field.hint ?? nothing}${field.meter ?? nothing}</div>`;
}
