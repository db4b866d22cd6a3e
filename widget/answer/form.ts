import type { SignupUser } from '../attempt/signup-flow.ts';
import type { Autofill } from './fields/autofill.ts';
import { AUTOFILLS } from './fields/fields.ts';

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const BY_SPELLING = new Map(
  [...AUTOFILLS.values()].flatMap((autofill) => autofill.spellings.map((name) => [name, autofill] as const)),
);
/** Prefixes as in `billing_first_name` and `customer[email]`. `user` is not among them, because a `user_name` is not a name. */
const PREFIX =
  /^(billing|shipping|delivery|customer|contact|signup|register|checkout|your|address(?=city|town|zip|post|country|state|street))/;
/** The types of `<input>` that can hold one of these values. */
const INPUT_TYPES = ['text', 'email', 'tel', 'search'];

/** The values that were filled in. An untouched one is replaced when another account is chosen, so that data of two people never mix. */
const filled = new WeakMap<Control, string>();

/**
 * Fills the empty controls of a form as a browser's autofill would: by `autocomplete`, or by the usual spellings of `name` and `id`.
 * It never touches a control that the person has typed into or cannot fill in (disabled, read-only, not rendered).
 *
 * @returns the controls that were filled, each after its `input` and `change` events
 */
export function fillForm(form: HTMLFormElement, user: SignupUser): Control[] {
  // In the page's language, because the options of a <select> are in it.
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

// Read from the prototype, because `<input name="elements">` hides the form's own property.
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
  // A control that nobody can see or reach may be a trap for robots, and filling it would get the person refused.
  const reachable = element.tabIndex >= 0 && !element.closest('[aria-hidden=true],[inert]');
  const free = element.value === '' || filled.get(element) === element.value;
  return reachable && free && !element.matches(':disabled') && isRendered(element);
}

function isRendered(element: Element): boolean {
  // Safari before 17.4 does not have checkVisibility.
  return (
    element.checkVisibility?.({ visibilityProperty: true, opacityProperty: true }) ??
    element.getClientRects().length > 0
  );
}

function autofillOf(control: Control): Autofill | undefined {
  // The field is the last token, apart from webauthn: "section-x shipping home tel webauthn".
  const tokens = control.autocomplete.toLowerCase().split(/\s+/);
  const token = tokens.findLast((name) => name && name !== 'webauthn');
  // A name with another meaning ("organization", "username") is what the vendor says, so nothing is guessed.
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
  const value = control instanceof HTMLInputElement ? oneLine(candidates[0]) : candidates[0];
  // A truncated value would be wrong, and a value that is too long could not be submitted.
  return value && control.maxLength >= 0 && value.length > control.maxLength ? undefined : value;
}

/** Removes case and accents. */
function fold(text: string): string {
  return text.trim().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Uses the prototype's setter, because React's own setter on the element would treat the value as set by React and ignore the change. */
function setNatively(control: Control, value: string): void {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(control), 'value')?.set?.call(control, value);
  control.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  control.dispatchEvent(new Event('change', { bubbles: true }));
}

/** An address of several lines, for an input that has one. */
function oneLine(text: string | undefined): string | undefined {
  return text
    ?.split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .join(', ');
}
