import type { Claim } from '@signup-with-platform/protocol';
import { type Control, isSelect } from './controls.ts';
import type { FormField } from './understand.ts';
import { lettersOf } from './words.ts';
import { isWriting } from './write.ts';

/** A control, and the claim whose value the element has written into it. */
export interface FilledControl {
  readonly control: Control;
  readonly claim: Claim;
}

/** With what tells where it stands in the form, because a framework may replace the control by one with another name. */
interface Entry extends FilledControl {
  readonly token: string;
  readonly section: string;
}

const ledger = new WeakMap<HTMLFormElement, Map<Control, Entry>>();
/** What stood in a control after the element had written. */
const written = new WeakMap<EventTarget, string>();
/** The controls that the person has used since they were last written into. */
let used = new WeakSet<EventTarget>();
let isListening = false;

export function entriesOf(form: HTMLFormElement): Map<Control, Entry> {
  const entries = ledger.get(form) ?? new Map<Control, Entry>();
  ledger.set(form, entries);
  return entries;
}

/** @param before the entry that this one takes the place of, which may be of a control that the page has replaced */
export function enter(form: HTMLFormElement, entry: Entry, before?: Entry): void {
  const entries = entriesOf(form);
  if (before && before.control !== entry.control) entries.delete(before.control);
  entries.set(entry.control, entry);
  noteValue(entry.control);
}

/**
 * From now on, notices what the person types. A page that formats a value has no trusted event of its own.
 *
 * @param chosen lists in which somebody has chosen before, and in which choices are noted
 */
export function watchTyping(chosen: WeakSet<EventTarget> = used): void {
  if (isListening) return;
  isListening = true;
  used = chosen;
  for (const type of ['input', 'change']) addEventListener(type, note, true);
  addEventListener('reset', ({ target }) => {
    if (target instanceof HTMLFormElement) for (const control of entriesOf(target).keys()) used.delete(control);
  });
}

function note(event: Event): void {
  const [control] = event.composedPath();
  if (!control || isWriting()) return;
  if (event.isTrusted) used.add(control);
  // Choices of a list come by the scripts of what the page shows instead of it. But a page also tells what the element has chosen.
  else if (control instanceof HTMLSelectElement) used[isWritten(control) ? 'delete' : 'add'](control);
}

/** What stands in the control now is not what a person has typed, but what the element wrote. */
export function forgetTyping(control: Control): void {
  used.delete(control);
  noteValue(control);
}

/** The value as the page has formatted it meanwhile. */
export function noteValue(control: Control): void {
  if (!used.has(control)) written.set(control, control.value);
}

/** True for what the element has written, or has written into another control, however the page has formatted it. */
function isWritten(control: Control, by = control): boolean {
  return lettersOf(control.value) === lettersOf(written.get(by) ?? '');
}

/**
 * The entry of a control with what the element has written, however the page has formatted it, and nobody has changed since. Where the
 * page has replaced the control, its value tells: two controls may share a name, and one control may get another at each rendering.
 */
export function entryOf(form: HTMLFormElement, { control, autofill, section }: FormField): Entry | undefined {
  if (used.has(control)) return undefined;
  const own = entriesOf(form).get(control);
  if (own) return own.token === autofill.token || isWritten(control) ? own : undefined;
  if (isBlank(control)) return undefined;
  return [...entriesOf(form).values()].find(
    (lost) =>
      !lost.control.isConnected &&
      lost.token === autofill.token &&
      lost.section === section &&
      isWritten(control, lost.control),
  );
}

/** True when nothing that means anything would be lost: nothing is typed, and a choice is the page's own default. */
export function isFree(control: Control, keepsDefault = false): boolean {
  if (!isSelect(control)) return isBlank(control);
  if (!control.value) return true;
  return !keepsDefault && !used.has(control) && !(isUsedNatively(control) && !isDefault(control));
}

/** Frameworks choose by script, so that a choice differs from the page's default without a person. */
function isDefault({ options, selectedOptions }: HTMLSelectElement): boolean {
  const all = [...options];
  const first = all.findLast(({ defaultSelected }) => defaultSelected) ?? all.find(({ disabled }) => !disabled);
  return selectedOptions[0] === first;
}

/** What a mask or a hint puts into an empty control: `__/__/____`, `+31`, its own placeholder. A person's "06" or "+44" is a start. */
export function isBlank(control: Control): boolean {
  const { value, type } = control;
  if (isSelect(control)) return !value;
  if (!/[\p{L}\p{N}]/u.test(value)) return true;
  if (used.has(control) || (isUsedNatively(control) && value !== control.defaultValue)) return false;
  const isStart = type === 'tel' && (/^[\s(]*(\+|00)/.test(value) || value === control.defaultValue);
  return value === control.placeholder || (isStart && value.replace(/\D/g, '').length < 4);
}

/** The browser itself knows that a person has chosen, also before this script was there; or has tried to submit. */
function isUsedNatively(control: Control): boolean {
  try {
    return control.matches(':user-valid,:user-invalid');
  } catch {
    // Older browsers do not know the selector.
    return false;
  }
}
