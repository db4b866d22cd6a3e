import { queryAll } from './query-all.ts';

/** The value of one control of the page. A list that accepts several has several values. */
export type TypedValue = readonly [index: number, name: string, value: string | boolean | readonly string[]];

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
type Value = TypedValue[2];

/** Types of `<input>` that hold a secret or a file, or nothing that a person has typed. */
const LEFT_OUT_TYPES = ['password', 'file', 'hidden', 'submit', 'button', 'image', 'reset'];
/** Secrets by their names in HTML (section 4.10.18.7), anywhere among the tokens. */
const SECRET_FIELD = /\bcc-|password|one-time-code/i;
/** Secrets by the names that vendors give them: `card_number`, `cvc`, `iban`, `PIN`, a password that is shown as text. */
const SECRET_NAME = /pass(word|wd|phrase)|pwd|card|cvv|cvc|csc|iban|\bssn\b|\bpin\b|\botp\b|secret|token/i;

/** What the person has typed or chosen so far, where it differs from what the page came with and is not a secret. */
export function typedValues(): TypedValue[] {
  return controls().flatMap((control, index): TypedValue[] => {
    const value = currentOf(control);
    const isUntouched = JSON.stringify(value) === JSON.stringify(initialOf(control));
    return isUntouched || !isKept(control) ? [] : [[index, control.name, value]];
  });
}

/** Restores the values where the page still has the same control, and tells the page with events. */
export function restoreTypedValues(values: readonly TypedValue[]): void {
  const all = controls();
  for (const [index, name, value] of values) {
    const control = all[index];
    if (!control || control.name !== name || !isKept(control) || !isAlike(value, currentOf(control))) continue;
    if (Array.isArray(value)) select(control as HTMLSelectElement, value);
    else setNatively(control, value as string | boolean);
    for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true }));
  }
}

function isAlike(one: Value, other: Value): boolean {
  return typeof one === typeof other && Array.isArray(one) === Array.isArray(other);
}

/** Excludes what a browser itself would not restore, and secrets, however they are marked. */
function isKept(control: Control): boolean {
  const { autocomplete, name, id, type, form } = control;
  const isOff = (autocomplete || (form && Reflect.get(HTMLFormElement.prototype, 'autocomplete', form))) === 'off';
  return !(
    isOff ||
    LEFT_OUT_TYPES.includes(type) ||
    SECRET_FIELD.test(autocomplete) ||
    [name, id].some((text) => SECRET_NAME.test(text.replaceAll('_', ' ')))
  );
}

/** Uses the prototype's setter, because React's own setter on the element would treat the change as made by React. */
function setNatively(control: Control, value: string | boolean): void {
  const property = typeof value === 'boolean' ? 'checked' : 'value';
  Reflect.set(Object.getPrototypeOf(control), property, value, control);
}

function select({ options }: HTMLSelectElement, values: readonly string[]): void {
  for (const option of options) option.selected = values.includes(option.value);
}

/** All controls, so that each keeps its position, whatever is left out. */
function controls(): Control[] {
  return queryAll<Control>('input,select,textarea');
}

function currentOf(control: Control): Value {
  if (control instanceof HTMLSelectElement && control.multiple) return valuesOf(control.selectedOptions);
  return isChecked(control) ? control.checked : control.value;
}

function initialOf(control: Control): Value {
  if (isChecked(control)) return control.defaultChecked;
  if (!(control instanceof HTMLSelectElement)) return control.defaultValue;
  const chosen = valuesOf([...control.options].filter(({ defaultSelected }) => defaultSelected));
  return control.multiple ? chosen : (chosen[0] ?? control.options[0]?.value ?? '');
}

function isChecked(control: Control): control is HTMLInputElement {
  return control.type === 'checkbox' || control.type === 'radio';
}

function valuesOf(options: Iterable<HTMLOptionElement>): string[] {
  return [...options].map(({ value }) => value);
}
