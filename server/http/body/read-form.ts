import type { FormEntry } from './body-contract.ts';
import { fieldNotUtf8 } from './body-error.ts';
import { NotUtf8, parseUrlEncoded } from './url-encoded.ts';

/** Parses a form that was sent as application/x-www-form-urlencoded. @throws BodyError `not_utf8`, which names the field */
export function readForm(text: string): FormEntry[] {
  try {
    return parseUrlEncoded(text);
  } catch (error) {
    throw error instanceof NotUtf8 ? fieldNotUtf8(error.field) : error;
  }
}
