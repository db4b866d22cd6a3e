import type { Claim } from '@signup-with-platform/protocol';
import { type Control, isSelect } from './controls.ts';
import { isWriting } from './write.ts';

/** A control, and the claim whose value the element has written into it. */
export interface FilledControl {
  readonly control: Control;
  readonly claim: Claim;
}

/** By what a page calls the control, because a framework may have replaced it by one of the same name. */
type Entries = Map<string, FilledControl>;

const ledger = new WeakMap<HTMLFormElement, Entries>();
/** The controls that the person has used since they were last written into. */
let used = new WeakSet<EventTarget>();
let isListening = false;

export function entriesOf(form: HTMLFormElement): Entries {
  const entries = ledger.get(form) ?? new Map<string, FilledControl>();
  ledger.set(form, entries);
  return entries;
}

export function keyOf({ name, id }: Control, token: string): string {
  return [name, id, token].join(' ');
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
  for (const type of ['input', 'change']) addEventListener(type, note, { capture: true, passive: true });
  addEventListener('reset', ({ target }) => {
    if (target instanceof HTMLFormElement) for (const { control } of entriesOf(target).values()) used.delete(control);
  });
}

function note(event: Event): void {
  const [control] = event.composedPath();
  // Choices of a list come by the scripts of what the page shows instead of it.
  if (control && !isWriting() && (event.isTrusted || control instanceof HTMLSelectElement)) used.add(control);
}

export function forgetTyping(control: Control): void {
  used.delete(control);
}

/** True for what the element has written, however the page has formatted it, and nobody has changed since. */
export function isOurs(form: HTMLFormElement, control: Control, token: string): boolean {
  return entriesOf(form).has(keyOf(control, token)) && !used.has(control);
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

/** What a mask or a hint puts into an empty control: `__/__/____`, `+31`, its own placeholder. */
export function isBlank(control: Control): boolean {
  const { value } = control;
  if (isSelect(control)) return !value;
  return (
    !/[\p{L}\p{N}]/u.test(value) ||
    value === control.placeholder ||
    (control.type === 'tel' && value.replace(/\D/g, '').length < 4)
  );
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
