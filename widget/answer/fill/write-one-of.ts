import type { Attempts } from './attempts.ts';
import { type Control, isSelect } from './controls.ts';
import { forgetTyping, noteValue } from './ledger.ts';
import { nextTask, write } from './write.ts';

/**
 * Writes the values in turn until one stands there as it should. A mask may cut a number, or a page may have a rule that it breaks.
 *
 * @returns false when the control keeps none of them
 */
export async function writeOneOf(control: Control, { values, isRight }: Attempts): Promise<boolean> {
  for (const byOwnSetter of waysOf(control)) {
    for (const value of values) {
      write(control, value, byOwnSetter);
      forgetTyping(control);
      await nextTask();
      noteValue(control);
      if (isRight(control.value) && !breaksRule(control)) return true;
      await empty(control);
    }
  }
  return false;
}

/** Leaves what nobody has chosen yet: nothing, or the option that the page starts with. */
export async function empty(control: Control): Promise<void> {
  for (const byOwnSetter of waysOf(control)) write(control, emptyOf(control), byOwnSetter);
  forgetTyping(control);
  await nextTask();
}

function emptyOf(control: Control): string {
  if (!isSelect(control)) return '';
  const options = [...control.options];
  return (options.find(({ defaultSelected }) => defaultSelected) ?? options[0])?.value ?? '';
}

/**
 * Natively first, and then by a setter that the page has put on the control. React's own is no way: it hides the change from React, so that
 * what the person sees is not what is submitted.
 */
function waysOf(control: Control): boolean[] {
  return Object.hasOwn(control, 'value') && !('_valueTracker' in control) ? [false, true] : [false];
}

/** The page's own rule for the value, such as `pattern`. */
function breaksRule({ validity }: Control): boolean {
  return validity.patternMismatch || validity.typeMismatch || validity.badInput || validity.tooLong;
}
