import type { ControlValue } from './controls.ts';
import type { FormFile } from './forms.ts';

/** What a form holds before and after it is filled. */
export interface Filling {
  readonly before: readonly ControlValue[];
  readonly after: readonly ControlValue[];
}

/** `kept`: nothing belongs there, and nothing was written. `wrong`: what was written does not belong there. */
export type Outcome = 'right' | 'missing' | 'wrong' | 'kept';

export interface Judgement extends ControlValue {
  readonly outcome: Outcome;
}

/** Judges each control of a form. @throws Error when the page has other controls than its file says */
export function judge({ name, truths }: Pick<FormFile, 'name' | 'truths'>, { before, after }: Filling): Judgement[] {
  if (before.length !== truths.length || after.length !== truths.length) {
    const counts = `${before.length} controls before, ${after.length} after, and ${truths.length} in its file`;
    throw new Error(`${name} has ${counts}`);
  }
  return after.map((now, index) => ({ ...now, outcome: outcomeOf(truths[index], now.value, before[index]?.value) }));
}

function outcomeOf(truths: readonly string[] | undefined, after: string, before: string | undefined): Outcome {
  if (truths?.some((truth) => isSame(truth, after))) return 'right';
  if (after !== before) return 'wrong';
  return truths ? 'missing' : 'kept';
}

/** However it is spaced: a form may group the digits of a number, or the characters of a postal code. */
function isSame(one: string, other: string): boolean {
  const plain = (value: string) => value.replaceAll(/[\s().-]/g, '');
  return plain(one) === plain(other);
}

/** What is wrong, and what is not right although it is in the other filling. */
export function shortcomings(form: Pick<FormFile, 'name' | 'truths'>, filling: Filling, other: Filling): string[] {
  const others = judge(form, other);
  return judge(form, filling).flatMap(({ control, value, outcome }, index) => {
    const isMissed = outcome === 'missing' && others[index]?.outcome === 'right';
    if (!isMissed && outcome !== 'wrong') return [];
    const expected = form.truths[index]?.map((truth) => JSON.stringify(truth)).join(' or ') ?? 'nothing new';
    return [`${control} is ${JSON.stringify(value)}, not ${expected}`];
  });
}
