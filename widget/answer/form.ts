import type { SignupUser } from '../attempt/signup-flow.ts';
import type { Autofill } from './fields/autofill.ts';
import { AUTOFILLS } from './fields/fields.ts';

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const BY_SPELLING = new Map(
  [...AUTOFILLS.values()].flatMap((autofill) => autofill.spellings.map((name) => [name, autofill] as const)),
);
/** `billing_first_name`, `customer[email]`. Not `user`: a `user_name` is no name. */
const PREFIX =
  /^(billing|shipping|delivery|customer|contact|signup|register|checkout|your|address(?=city|town|zip|post|country|state|street))/;
/** The kinds of `<input>` that hold one of these values. */
const INPUT_TYPES = ['text', 'email', 'tel', 'search'];

/** What we filled in. Untouched since, it gives way when somebody else is chosen; two people's data never mix in one form. */
const filled = new WeakMap<Control, string>();

/**
 * Fills the empty controls of a form, as a browser's autofill would: by `autocomplete`, else by the usual spellings of `name`
 * and `id`. Never touches what a person has typed, or could not fill in (disabled, read-only, not rendered).
 *
 * @returns the controls that were filled, each after its `input` and `change` events
 */
export function fillForm(form: HTMLFormElement, user: SignupUser): Control[] {
  // In the page's language, since that is what the options of a <select> are in.
  const language = languageOf(form);
  return controlsOf(form).filter((element): element is Control => {
    if (!isControl(element)) return false;
    const autofill = autofillOf(element);
    if (!isFillable(element, autofill?.inputTypes)) return false;
    const options = (element instanceof HTMLSelectElement && autofill?.options?.(user, language)) || [];
    const candidates = [...options, ...(autofill?.values(user, language) ?? [])];
    const value = fitting(
      element,
      candidates.flatMap((candidate) => candidate || []),
    );
    if (value === undefined) {
      if (filled.delete(element)) setNatively(element, '');
      return false;
    }
    setNatively(element, value);
    filled.set(element, value);
    return true;
  });
}

// By their prototypes: `<input name="elements">` hides a form's own property.
function controlsOf(form: HTMLFormElement): Element[] {
  return [...(Reflect.get(HTMLFormElement.prototype, 'elements', form) as HTMLFormControlsCollection)];
}

function languageOf(form: HTMLFormElement): string | undefined {
  const element = Element.prototype.closest.call(form, '[lang]');
  return element ? (Reflect.get(HTMLElement.prototype, 'lang', element) as string) : undefined;
}

function isControl(element: Element): element is Control {
  return [HTMLInputElement, HTMLTextAreaElement, HTMLSelectElement].some((kind) => element instanceof kind);
}

/** @param otherTypes kinds of `<input>` that hold what is to be filled in, besides {@link INPUT_TYPES} */
function isFillable(element: Control, otherTypes: readonly string[] = []): boolean {
  if (element instanceof HTMLInputElement && ![...INPUT_TYPES, ...otherTypes].includes(element.type)) return false;
  if (!(element instanceof HTMLSelectElement) && element.readOnly) return false;
  // A control that nobody can see or reach may be a trap for robots; filling it would get the person refused.
  const reachable = element.tabIndex >= 0 && !element.closest('[aria-hidden=true],[inert]');
  const free = element.value === '' || filled.get(element) === element.value;
  return reachable && free && !element.matches(':disabled') && isRendered(element);
}

function isRendered(element: Element): boolean {
  // Safari before 17.4 has no checkVisibility.
  return (
    element.checkVisibility?.({ visibilityProperty: true, opacityProperty: true }) ??
    element.getClientRects().length > 0
  );
}

function autofillOf(control: Control): Autofill | undefined {
  // "section-x shipping home tel webauthn": the field is the last token but for webauthn.
  const tokens = control.autocomplete.toLowerCase().split(/\s+/);
  const token = tokens.findLast((name) => name && name !== 'webauthn');
  // A name that means something else ("organization", "username") is the vendor's word: no guessing.
  if (token && token !== 'on' && token !== 'off') return AUTOFILLS.get(token);
  return bySpelling(control.name) ?? bySpelling(control.id);
}

function bySpelling(name: string): Autofill | undefined {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return BY_SPELLING.get(plain) ?? BY_SPELLING.get(plain.replace(PREFIX, ''));
}

function fitting(control: Control, candidates: readonly string[]): string | undefined {
  if (control instanceof HTMLSelectElement) {
    const options = [...control.options].filter((option) => !option.disabled && option.value);
    for (const candidate of candidates.map(fold)) {
      const option = options.find(({ value, text }) => fold(value) === candidate || fold(text) === candidate);
      if (option) return option.value;
    }
    return undefined;
  }
  const value = control instanceof HTMLInputElement ? candidates[0]?.replace(/\s*\n\s*/g, ', ') : candidates[0];
  // Cut off, it would be wrong; too long, it could not be submitted.
  return value && control.maxLength >= 0 && value.length > control.maxLength ? undefined : value;
}

/** Without case and accents. */
function fold(text: string): string {
  return text.trim().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** By the prototype's own setter: React puts one on the element, and would take the value for its own and not notice it. */
function setNatively(control: Control, value: string): void {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(control), 'value')?.set?.call(control, value);
  control.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  control.dispatchEvent(new Event('change', { bubbles: true }));
}
