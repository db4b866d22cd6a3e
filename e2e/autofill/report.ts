import type { TestInfo } from '@playwright/test';
import type { TestResult } from '@playwright/test/reporter';
import { FORMS_HEADING } from '../support/compatibility.ts';
import type { FormFile } from './forms.ts';
import { type Filling, judge, type Outcome } from './judge.ts';
import { RECORDED, type Recorded, type RecordedForm, recordOf, writeRecorded } from './recorded.ts';

/** How many controls had which outcome. */
export type Counts = Readonly<Record<Outcome, number>>;

/** What a test tells the reporter of one form. */
interface Note {
  readonly form: string;
  readonly language: string;
  readonly chromium: Counts;
  readonly element: Counts;
  /** When Chromium was asked in this run. */
  readonly asked?: { readonly version: string; readonly record: RecordedForm };
}

const TYPE = 'filled form';

export function noteFilling(
  { annotations }: TestInfo,
  form: FormFile,
  { chromium, element, version }: { chromium: Filling; element: Filling; version: string | undefined },
): void {
  const note: Note = {
    form: form.name,
    language: form.language,
    chromium: count(form, chromium),
    element: count(form, element),
    ...(version && { asked: { version, record: recordOf(form, chromium) } }),
  };
  annotations.push({ type: TYPE, description: JSON.stringify(note) });
}

function count(form: FormFile, filling: Filling): Counts {
  const counts = { right: 0, missing: 0, wrong: 0, kept: 0 };
  for (const { outcome } of judge(form, filling)) counts[outcome] += 1;
  return counts;
}

/** Collects what the tests tell, from whichever worker. */
export class FilledForms {
  readonly #notes = new Map<string, Note>();

  add(annotations: TestResult['annotations']): void {
    const description = annotations.find(({ type }) => type === TYPE)?.description;
    if (!description) return;
    const note = JSON.parse(description) as Note;
    this.#notes.set(note.form, note);
  }

  /** @returns the table in docs/compatibility.md, or undefined when some form was not filled, as in a run of part of the tests */
  settle(forms: readonly Pick<FormFile, 'name'>[]): string | undefined {
    const notes = forms.flatMap(({ name }) => this.#notes.get(name) ?? []);
    if (notes.length < forms.length) return undefined;
    const asked = notes.flatMap(({ form, asked }) => (asked ? [{ form, ...asked }] : []));
    const [first] = asked;
    const recorded: Recorded = first
      ? {
          chromium: Number.parseInt(first.version, 10),
          forms: Object.fromEntries(asked.map(({ form, record }) => [form, record])),
        }
      : RECORDED;
    if (first) writeRecorded(recorded);
    return sectionOf(recorded.chromium, notes);
  }
}

export function sectionOf(chromium: number, notes: readonly Note[]): string {
  const lines = [
    ['form', 'language', `Chromium ${chromium}: right`, 'missing', 'wrong', 'the element: right', 'missing', 'wrong'],
    ['---', '---', ...Array.from({ length: 6 }, () => '---:')],
    ...notes.map((note) => [note.form, note.language, ...cells(note.chromium), ...cells(note.element)]),
    [
      '**all**',
      '',
      ...cells(sum(notes.map((note) => note.chromium))),
      ...cells(sum(notes.map((note) => note.element))),
    ],
  ].map((row) => `| ${row.join(' | ')} |`);
  return `## ${FORMS_HEADING}\n\n${MEANING}\n\n${lines.join('\n')}\n`;
}

const MEANING = `Each form is reduced from a kind that is found in public, and says what should stand in each of its controls. Chromium's own autofill and the
element fill it with the same person's data. **right**: what should be there is there. **missing**: it is not. **wrong**: something is there that
should not be, as in a coupon's field.

<!-- repository -->
The forms are in \`e2e/autofill/forms/\`. \`e2e/autofill.spec.ts\` fails where the element is not right although Chromium is, and where it is wrong.
<!-- /repository -->`;

function cells({ right, missing, wrong }: Counts): string[] {
  return [right, missing, wrong].map(String);
}

function sum(all: readonly Counts[]): Counts {
  const total = { right: 0, missing: 0, wrong: 0, kept: 0 };
  for (const counts of all) for (const outcome of Object.keys(total) as Outcome[]) total[outcome] += counts[outcome];
  return total;
}
