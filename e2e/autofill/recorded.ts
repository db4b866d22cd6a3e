import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ControlValue } from './controls.ts';
import type { FormFile } from './forms.ts';
import type { Filling } from './judge.ts';
import recorded from './recorded.json' with { type: 'json' };

/** What Chromium's own autofill made of the forms when it was last asked, which is when `npm run compatibility` ran. */
export interface Recorded {
  /** The first number of its version. */
  readonly chromium: number;
  readonly forms: Readonly<Record<string, RecordedForm>>;
}

export interface RecordedForm {
  /** Of the page that it filled. */
  readonly digest: string;
  /** By control: the value that it wrote, or null where it wrote nothing. */
  readonly values: Readonly<Record<string, string | null>>;
}

export const RECORDED: Recorded = recorded;

export function recordOf({ digest }: Pick<FormFile, 'digest'>, { before, after }: Filling): RecordedForm {
  const written = after.map(({ control, value }, index) => [control, value === before[index]?.value ? null : value]);
  return { digest, values: Object.fromEntries(written) };
}

/**
 * What Chromium did with a form.
 * @param before the controls of the page as they are today
 * @throws Error when Chromium was not asked, or filled another page
 */
export function chromiumsFilling(form: Pick<FormFile, 'name' | 'digest'>, before: readonly ControlValue[]): Filling {
  const record = RECORDED.forms[form.name];
  if (record?.digest !== form.digest)
    throw new Error(`What Chromium makes of ${form.name} is not known. Ask it with \`npm run compatibility\`.`);
  return { before, after: before.map(({ control, value }) => ({ control, value: record.values[control] ?? value })) };
}

export function writeRecorded({ chromium, forms }: Recorded): void {
  const sorted = Object.fromEntries(Object.entries(forms).sort(([one], [other]) => (one < other ? -1 : 1)));
  const file = fileURLToPath(new URL('recorded.json', import.meta.url));
  writeFileSync(file, `${JSON.stringify({ chromium, forms: sorted }, undefined, 2)}\n`);
}
