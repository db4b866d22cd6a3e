import type { SignupUser } from '../../attempt/signup-flow.ts';
import type { Place } from '../fields/autofill.ts';
import type { NamedAutofill } from '../fields/fields.ts';
import { chooseOption } from './choose-option.ts';
import { type Control, isSelect } from './controls.ts';
import { lettersOf } from './words.ts';

/** What may be written into a control, and how to tell whether it stands there. */
export interface Attempts {
  /** Best first. Empty when the person has shared nothing for it, or the control has no room or no option for it. */
  readonly values: readonly string[];
  isRight(value: string): boolean;
}

/** @param others what may be typed besides the values, if one of them stands there in the end */
export function attemptsFor(
  control: Control,
  autofill: NamedAutofill,
  user: SignupUser,
  place: Place,
  others: readonly (string | undefined)[] = [],
): Attempts {
  const given = (values: readonly (string | undefined)[] = []) => values.flatMap((value) => value || []);
  const values = given(autofill.values(user, place));
  if (isSelect(control)) {
    const option = values.length ? chooseFrom([...control.options], autofill, user, place, values) : undefined;
    return { values: option ? [option.value] : [], isRight: (value) => value === option?.value };
  }
  const offered =
    control instanceof HTMLInputElement && control.list
      ? chooseFrom([...control.list.options], autofill, user, place, values)
      : undefined;
  const right = offered
    ? [offered.value]
    : values.map((value) => (control instanceof HTMLInputElement ? oneLine(value) : value));
  const typed = [...right, ...(right.length ? given(others) : [])];
  return {
    // A truncated value would be wrong, and a value that is too long could not be submitted.
    values: [...new Set(typed)].filter((value) => control.maxLength < 0 || value.length <= control.maxLength),
    isRight: (value) => right.some((one) => isSame(one, value, autofill)),
  };
}

function chooseFrom(
  options: readonly HTMLOptionElement[],
  autofill: NamedAutofill,
  user: SignupUser,
  place: Place,
  values: readonly string[],
): HTMLOptionElement | undefined {
  const { options: first, matches } = autofill;
  const candidates = [...(first?.(user, place) ?? []), ...values].flatMap((value) => value || []);
  return chooseOption(options, candidates, matches && ((text) => matches(text, user)));
}

/**
 * Pages format what is written: "+31 20 555 01 01", "1012AB", capitals. But "3 (120) 555-0101" is another number than +31205550101, and
 * "20/10/1205" another date than 2010-12-05.
 */
function isSame(wanted: string, value: string, { field }: NamedAutofill): boolean {
  const isRegrouped = wanted.startsWith('+')
    ? !/^\s*(\+|00)/.test(value) && /\D/.test(value.trim())
    : field === 'birthdate' && digitsOf(wanted) !== digitsOf(value);
  return lettersOf(wanted) === lettersOf(value).replace(wanted.startsWith('+') ? /^00/ : '', '') && !isRegrouped;
}

const digitsOf = (text: string) => String(text.match(/\d+/g));

/** An address of several lines, for an input that has one. */
function oneLine(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter(Boolean).join(', ');
}
