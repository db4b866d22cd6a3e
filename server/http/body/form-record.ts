import type { FormEntry, ParsedBody } from './body-contract.ts';

/** The fields of a form. What comes several times is a list. */
export type FormRecord = Record<string, string | Buffer | (string | Buffer)[]>;

/** A form's fields by name, in an object without prototype, so that no name reaches one. */
export function recordOf(entries: readonly FormEntry[]): FormRecord {
  const record = Object.create(null) as FormRecord;
  for (const [name, value] of entries) {
    const earlier = record[name];
    if (earlier === undefined) record[name] = value;
    else if (Array.isArray(earlier)) earlier.push(value);
    else record[name] = [earlier, value];
  }
  return record;
}

/** The fields of a page's form; none if it was sent without a body. */
export function formOf(body: ParsedBody): FormRecord {
  return body.type === 'form' ? recordOf(body.entries) : recordOf([]);
}
