/** What stood in one control of the page. */
export type TypedValue = readonly [index: number, name: string, value: string | boolean];

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Never kept: secrets, files, and what is not the person's. */
const LEFT_OUT =
  ':not([type=password],[type=file],[type=hidden],[type=submit],[type=button],[autocomplete^=cc-],[autocomplete=one-time-code])';

/** What the person has typed or chosen so far, where it differs from what the page came with. */
export function typedValues(): TypedValue[] {
  return controls().flatMap((control, index): TypedValue[] => {
    const value = currentOf(control);
    return value === initialOf(control) ? [] : [[index, control.name, value]];
  });
}

/** Puts it back, where the page still has the same control, and tells the page so. */
export function restoreTypedValues(values: readonly TypedValue[]): void {
  const all = controls();
  for (const [index, name, value] of values) {
    const control = all[index];
    if (!control || control.name !== name || typeof value !== typeof currentOf(control)) continue;
    setNatively(control, value);
    for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true }));
  }
}

/** By the prototype's own setter: React puts one of its own in the way, which takes the change for one that it has made itself. */
function setNatively(control: Control, value: string | boolean): void {
  const property = typeof value === 'boolean' ? 'checked' : 'value';
  Reflect.set(Object.getPrototypeOf(control), property, value, control);
}

function controls(): Control[] {
  return [...document.querySelectorAll<Control>(`input${LEFT_OUT},select,textarea`)];
}

function currentOf(control: Control): string | boolean {
  return isChecked(control) ? control.checked : control.value;
}

function initialOf(control: Control): string | boolean {
  if (isChecked(control)) return control.defaultChecked;
  if (control instanceof HTMLSelectElement)
    return [...control.options].find((option) => option.defaultSelected)?.value ?? control.options[0]?.value ?? '';
  return control.defaultValue;
}

function isChecked(control: Control): control is HTMLInputElement {
  return control.type === 'checkbox' || control.type === 'radio';
}
