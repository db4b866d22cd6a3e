import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FILLERS, type FillerName } from './people.ts';

const FOLDER = join(import.meta.dirname, 'forms');

/** The attribute of a control that says what should stand in it. It is taken out of the page, so that it cannot be a hint. */
const TRUTH = /\s+data-truth="([^"]*)"/;
const CONTROL = /<(?:input|select|textarea)\b[^>]*>/g;
/** Controls that nobody writes into. */
const BUTTON = /\btype="(?:hidden|submit|button|reset|image)"/;
const TAG = '<signup-with-platform></signup-with-platform>';

/** A page of `forms/`. */
export interface FormFile {
  readonly name: string;
  readonly language: string;
  readonly person: FillerName;
  /**
   * What may stand in each control after filling, in the order of the document; one of them is empty where filling is optional. Undefined:
   * what stood there before, because it is not for the person's data (a coupon, a trap for robots, a password), or because the data have
   * nothing for it.
   */
  readonly truths: readonly (readonly string[] | undefined)[];
  /** Tells whether the page is still the one that Chromium filled. */
  readonly digest: string;
  /** The page. @param tag the element as the page has it; @param script what loads it, nothing where Chromium fills */
  render(tag: string, script: string): string;
}

export function readForms(): FormFile[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.html'))
    .sort()
    .map(readForm);
}

function readForm(file: string): FormFile {
  const source = readFileSync(join(FOLDER, file), 'utf8');
  const html = source.replaceAll(new RegExp(TRUTH, 'g'), '');
  const told = (pattern: RegExp) => {
    const [, value] = pattern.exec(source) ?? [];
    if (value === undefined) throw new Error(`${file} has no ${pattern.source}`);
    return value;
  };
  const person = told(/<meta name="person" content="(\w+)">/);
  if (!isFiller(person)) throw new Error(`${file} is of somebody unknown: ${person}`);
  if (!source.includes(TAG)) throw new Error(`${file} has no ${TAG}`);
  return {
    name: basename(file, '.html'),
    language: told(/<html lang="([\w-]+)">/),
    person,
    truths: (source.match(CONTROL) ?? [])
      .filter((control) => !BUTTON.test(control))
      .map((control) => TRUTH.exec(control)?.[1]?.split('|').map(unescaped)),
    digest: createHash('sha256').update(html).digest('hex').slice(0, 12),
    render: (tag, script) => html.replace(TAG, () => tag).replace('</head>', () => `${script}</head>`),
  };
}

function isFiller(name: string): name is FillerName {
  return Object.hasOwn(FILLERS, name);
}

/** A line break cannot stand in an attribute that the pattern above reads. */
function unescaped(value: string): string {
  return value.replaceAll('&#10;', '\n');
}
