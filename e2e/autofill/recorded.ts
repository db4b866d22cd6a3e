import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ControlValue } from './controls.ts';
import type { Filling } from './judge.ts';
import recorded from './recorded.json' with { type: 'json' };

/** What Chromium's own autofill made of the forms when it was last asked, which is when `npm run compatibility` ran. */
export interface Recorded {
  /** The first number of its version. */
  readonly chromium: number;
  /** By form, then by control in the order of the page: the value that it wrote, or null where it wrote nothing. */
  readonly forms: Readonly<Record<string, RecordedForm>>;
}

export type RecordedForm = Readonly<Record<string, string | null>>;

export const RECORDED: Recorded = recorded;

export function recordOf({ before, after }: Filling): RecordedForm {
  return Object.fromEntries(
    after.map(({ control, value }, index) => [control, value === before[index]?.value ? null : value]),
  );
}

/**
 * @param before the page as it is today
 * @throws Error when the record is of a page that had other controls
 */
export function fillingOf(name: string, before: readonly ControlValue[]): Filling {
  const record = RECORDED.forms[name] ?? {};
  const controls = before.map(({ control }) => control);
  if (Object.keys(record).join() !== controls.join())
    throw new Error(`What Chromium did with ${name} is not known. Ask it with \`npm run compatibility\`.`);
  return { before, after: before.map(({ control, value }) => ({ control, value: record[control] ?? value })) };
}

export function writeRecorded({ chromium, forms }: Recorded): void {
  const sorted = Object.fromEntries(Object.entries(forms).sort(([one], [other]) => (one < other ? -1 : 1)));
  const file = fileURLToPath(new URL('recorded.json', import.meta.url));
  writeFileSync(file, `${JSON.stringify({ chromium, forms: sorted }, undefined, 2)}\n`);
}
