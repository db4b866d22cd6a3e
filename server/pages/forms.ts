import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { randomId } from '../storage/ids.ts';
import { alertIcon, chevronIcon } from './icons.ts';
import { type Inline, inlineScript } from './inline.ts';
import { complaints } from './scripts/complaints.ts';
import { deliberate } from './scripts/deliberate.ts';
import { forms } from './scripts/forms.ts';
import { showPassword } from './scripts/show-password.ts';

/** For every page with a form that is marked as `deliberate`. */
export const deliberateScript = inlineScript(deliberate);
/** For every page with {@link passwordField}. */
export const showPasswordScript = inlineScript(showPassword);

const sendingScript = inlineScript(forms, complaints);

/** For every page with a form, with the words for while one is being sent, and for what keeps it from being sent. */
export function formsScript({ t }: Pick<Language, 't'>): Inline {
  const { element, hash } = sendingScript();
  const words = html`<p class="hidden" aria-live="polite" data-sending=${t('shared.common.sending')}
 data-missing=${t('shared.errors.required')} data-refused=${t('shared.common.sendingRefused')}></p>`;
  return { element: html`${words}${element}`, hash };
}

/** Proof that a form is ours, and a number of its own, by which it has one effect although it is sent twice (http/submissions.ts). */
export function csrfInput(form: { readonly csrf: string }): unknown {
  return html`<input type="hidden" name="csrf" value=${form.csrf}><input type="hidden" name="submission" value=${randomId()}>`;
}

/** Tells what went wrong, before the form. */
export function alertBox(message: unknown, id = 'alert'): unknown {
  return html`<div class="alert" role="alert" id=${id}>${alertIcon}<p>${message}</p></div>`;
}

/** Longer waits are told in hours. */
const MAX_MINUTES = 90;

/** @param minutes until another attempt makes sense; undefined when that is not known */
export function tooManyAttempts(minutes: number | undefined, { t, duration }: Language): string {
  if (minutes === undefined) return t('shared.common.tooManyAttemptsLater');
  const wait = minutes > MAX_MINUTES ? duration(Math.ceil(minutes / 60), 'hour') : duration(minutes, 'minute');
  return t('shared.common.tooManyAttempts', { duration: wait });
}

export interface FormFrame {
  action: string;
  csrf: string;
  /** For a button outside the form. */
  id?: string;
  /** Class names of the form. */
  layout?: string;
  /** For a form that agrees to something by one press: the words for a press that comes too early. */
  deliberate?: string;
  /** For a form with {@link fileField}. */
  withFile?: boolean;
  /** For a form whose answer says what is wrong, below each input, in words of its own, in place of the browser and of the page's script. */
  novalidate?: boolean;
}

/** The frame of a form that changes something: it posts, and carries the proof that it is ours. */
export function formFrame(frame: FormFrame, content: unknown): unknown {
  const { id, action, csrf, layout, deliberate, withFile, novalidate } = frame;
  const encoding = withFile ? 'multipart/form-data' : nothing;
  return html`<form class=${layout ?? nothing} id=${id ?? nothing} method="post" action=${action}
 enctype=${encoding} data-deliberate=${deliberate ?? nothing} ?novalidate=${novalidate}>${csrfInput({ csrf })}${content}</form>`;
}

/** What every kind of input has. */
export interface Field {
  /** Also the id. */
  name: string;
  label: string;
  /** Every field that can be typed into is either required or marked as optional, unless its form is a filter. */
  required?: boolean;
  /** {@link optionalTag}, beside the label. */
  optional?: unknown;
  autofocus?: boolean;
  /** For what reads from left to right in every language. */
  direction?: 'ltr';
  /** Below the input, linked to it. */
  hint?: unknown;
  /** The id of a hint that stands elsewhere. */
  hintId?: string;
  /** Message about this field alone, below it. */
  error?: unknown;
  /** Invalid for a reason that stands elsewhere: the id of the element that tells it. */
  invalidBecause?: string | undefined;
  /** Width within a `.pair`. */
  width?: 'narrow' | 'wide' | 'full';
}

export interface TextField extends Field {
  type?: 'text' | 'email' | 'tel' | 'url';
  value?: string | undefined;
  autocomplete: string;
  /** Which keyboard a phone shows. Default: that of the type. */
  inputMode?: 'numeric';
}

/** A labelled text input. */
export function textField(field: TextField): unknown {
  const { name, type = 'text' } = field;
  const capitalize = type === 'email' || type === 'url' ? 'none' : nothing;
  return labelled(
    field,
    html`<input id=${name} name=${name} type=${type} value=${field.value ?? nothing} autocomplete=${field.autocomplete}
 inputmode=${field.inputMode ?? nothing} dir=${field.direction ?? nothing} autocapitalize=${capitalize} spellcheck="false" ?required=${field.required}
 ?autofocus=${field.autofocus} aria-invalid=${invalid(field)} aria-describedby=${described(field)}>`,
  );
}

export interface TextArea extends Field {
  value?: string | undefined;
  autocomplete: string;
  /** Default 2. */
  rows?: number;
  placeholder?: string;
}

/** Several lines of text. */
export function textArea(field: TextArea): unknown {
  const { name } = field;
  return labelled(
    field,
    html`<textarea id=${name} name=${name} rows=${field.rows ?? 2} autocomplete=${field.autocomplete}
 dir=${field.direction ?? nothing} autocapitalize=${field.direction ? 'none' : nothing} spellcheck="false"
 placeholder=${field.placeholder ?? nothing} ?required=${field.required} ?autofocus=${field.autofocus}
 aria-invalid=${invalid(field)} aria-describedby=${described(field)}>${field.value}</textarea>`,
  );
}

export interface DateField extends Field {
  /** `YYYY-MM-DD`, as are the bounds. */
  value?: string | undefined;
  min?: string;
  max?: string;
  autocomplete?: string;
}

/** A day, chosen or typed in the way of the browser's own language. */
export function dateField(field: DateField): unknown {
  const { name } = field;
  return labelled(
    field,
    html`<input id=${name} name=${name} type="date" value=${field.value ?? nothing} min=${field.min ?? nothing}
 max=${field.max ?? nothing} autocomplete=${field.autocomplete ?? 'off'} ?required=${field.required}
 ?autofocus=${field.autofocus} aria-invalid=${stated(field)} aria-describedby=${described(field)}>`,
  );
}

export interface FileField extends Field {
  /** Media types. */
  accept: readonly string[];
  /** The page's script refuses a larger file before it is sent. */
  maxBytes?: number;
  /** What that script says then. */
  tooLarge?: string;
}

/** One file. */
export function fileField(field: FileField): unknown {
  const { name } = field;
  return labelled(
    field,
    html`<input id=${name} name=${name} type="file" accept=${field.accept.join()} ?required=${field.required}
 data-max-bytes=${field.maxBytes ?? nothing} data-too-large=${field.tooLarge ?? nothing}
 aria-invalid=${stated(field)} aria-describedby=${described(field)}>`,
  );
}

export interface SelectField extends Field {
  autocomplete?: string;
  /** `<option>` elements. */
  options: unknown;
}

/** One of a list. */
export function selectField(field: SelectField): unknown {
  const { name } = field;
  return labelled(
    field,
    html`<select id=${name} name=${name} autocomplete=${field.autocomplete ?? nothing} ?required=${field.required}
 ?autofocus=${field.autofocus} aria-invalid=${stated(field)} aria-describedby=${described(field)}>${field.options}</select>${chevronIcon}`,
  );
}

export interface Checkbox {
  id: string;
  name: string;
  value: string;
  checked: boolean;
  /** Ids of what explains it. */
  described?: readonly string[];
}

/** A box that is labelled by an element elsewhere, with its id in `for`. */
export function checkbox({ id, name, value, checked, described = [] }: Checkbox): unknown {
  return html`<input type="checkbox" id=${id} name=${name} value=${value} ?checked=${checked}
 aria-describedby=${described.join(' ') || nothing}>`;
}

/** The one mark of what may be left out, on every form. What must be given has none. */
export function optionalTag({ t }: Pick<Language, 't'>): unknown {
  return html`<span class="tag">${t('shared.common.optional')}</span>`;
}

/** Fields that belong together, side by side where there is room. */
export function fieldGroup(label: string, fields: unknown): unknown {
  return html`<fieldset class="pair" aria-label=${label}>${fields}</fieldset>`;
}

/** Label, control, message and hint; the last two are linked to the control by their ids. */
function labelled(field: Field, control: unknown): unknown {
  const { name, label, optional, hint, width = '' } = field;
  // Beside the label and not in it, so that a control's name stays the same where it is not required.
  const mark = optional === undefined ? nothing : html` <span id="${name}-optional">${optional}</span>`;
  const below = hint === undefined ? nothing : html`<p class="hint" id="${name}-hint">${hint}</p>`;
  return html`<div class="input ${width}"><label for=${name}>${label}</label>${mark}<span class="control">${control}</span>${fieldError(field)}${below}</div>`;
}

const invalid = (field: Field) => (isInvalid(field) ? 'true' : nothing);
/**
 * For what is chosen and not typed. A browser tells assistive technology that such a control is invalid as soon as it is required and
 * empty, before anybody has acted; the script of every form says so once somebody has.
 */
const stated = (field: Validity) => (isInvalid(field) ? 'true' : 'false');
function described(field: Field): unknown {
  const below = field.hint === undefined ? [] : [`${field.name}-hint`];
  const beside = field.optional === undefined ? [] : [`${field.name}-optional`];
  const elsewhere = field.hintId === undefined ? [] : [field.hintId];
  return describedBy(field, ...beside, ...below, ...elsewhere) ?? nothing;
}

/** What every kind of input says about its validity. */
export type Validity = Pick<Field, 'name' | 'error' | 'invalidBecause'>;

function isInvalid(field: Validity): boolean {
  return field.error !== undefined || field.invalidBecause !== undefined;
}

/** Ids for `aria-describedby`. @param others ids of hints */
export function describedBy(field: Validity, ...others: string[]): string | undefined {
  const ids = [field.error === undefined ? field.invalidBecause : `${field.name}-error`, ...others];
  return ids.filter((id) => id !== undefined).join(' ') || undefined;
}

function fieldError(field: Validity): unknown {
  return field.error === undefined ? nothing : html`<p class="error" id="${field.name}-error">${field.error}</p>`;
}

export interface PasswordField {
  language: Pick<Language, 't'>;
  /** Default: the word "Password". */
  label?: string;
  autocomplete: 'current-password' | 'new-password';
  minLength?: { count: number; tooShort: string };
  /** {@link optionalTag}, where it may be left empty. */
  optional?: unknown;
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
  const { t } = field.language;
  const validity: Validity = { name: 'password', error: field.error, invalidBecause: field.invalidBecause };
  const beside = field.optional === undefined ? [] : ['password-optional'];
  const described = describedBy(validity, ...beside, ...(field.hint ? ['password-hint'] : []));
  const input = html`<input id="password" name="password" type="password" autocomplete=${field.autocomplete}
 minlength=${field.minLength?.count ?? nothing} data-too-short=${field.minLength?.tooShort ?? nothing} autocapitalize="none" spellcheck="false" ?required=${field.optional === undefined}
 ?autofocus=${field.autofocus} aria-invalid=${isInvalid(validity) ? 'true' : nothing} aria-describedby=${described ?? nothing}>`;
  const show = t('shared.password.show');
  const toggle = html`<button class="toggle" type="button" data-toggle data-show=${show} data-hide=${t('shared.password.hide')}
 aria-controls="password" hidden>${show}</button>`;
  const status = html`<span class="hidden" role="status" data-toggle-status data-shown=${t('shared.password.shown')}
 data-hidden=${t('shared.password.hidden')}></span>`;
  const mark = field.optional === undefined ? nothing : html` <span id="password-optional">${field.optional}</span>`;
  return html`<div class="input"><label for="password">${field.label ?? t('shared.password.label')}</label>${mark}
<span class="control">${input}${toggle}</span>${status}${fieldError(validity)}${field.hint ?? nothing}${field.meter ?? nothing}</div>`;
}

export interface CheckboxField extends Validity {
  label: unknown;
  /** Sent when it is ticked. Default `yes`. */
  value?: string;
  checked?: boolean | undefined;
  required?: boolean;
  /** Below the label, in smaller print. */
  hint?: string;
}

/** A box to tick, within its label. */
export function checkboxField(field: CheckboxField): unknown {
  const { name, label, hint, value = 'yes' } = field;
  const below = hint === undefined ? nothing : html`<br><span class="small muted">${hint}</span>`;
  return html`<label class="choice"><input type="checkbox" name=${name} value=${value} ?checked=${field.checked}
 ?required=${field.required} aria-invalid=${stated(field)}
 aria-describedby=${describedBy(field) ?? nothing}><span>${label}${below}</span></label>${fieldError(field)}`;
}
