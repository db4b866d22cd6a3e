import { randomId } from '../../storage/ids.ts';
import type { FormEntry } from './body-contract.ts';
import { BodyError, fieldNotUtf8 } from './body-error.ts';
import type { CollectedBody } from './collect-body.ts';

/** 256 bits, which occur in no body. */
const OWN_BOUNDARY_BYTES = 32;
/** More than any form of ours has. */
const MAX_PARTS = 24;

/**
 * Parses multipart/form-data (RFC 7578) with Node's own parser, strictly: it puts U+FFFD in the place of bytes that are not UTF-8, so a
 * text that has one counts only if the body contains that very text.
 *
 * @throws BodyError `invalid_form`, `not_utf8`
 */
export async function readMultipart(
  { bytes, isCut }: CollectedBody,
  boundary: string | undefined,
): Promise<FormEntry[]> {
  if (boundary === undefined || boundary === '') throw invalidForm('Content-Type names no boundary');
  const delimiter = `--${boundary}`;
  if (!bytes.includes(delimiter)) throw invalidForm('the boundary of Content-Type does not occur');
  assertFewParts(bytes, delimiter);
  // A body that was cut ends in the middle of its last part, which is ended here.
  const whole = isCut ? Buffer.concat([bytes, Buffer.from(`\r\n${delimiter}--\r\n`)]) : bytes;
  if (!whole.includes(`${delimiter}--`)) throw invalidForm('it ends before the closing boundary');
  // Node's parser takes the boundary for one wherever it occurs, so a short one would end parts whose text contains it.
  const ownBoundary = randomId(OWN_BOUNDARY_BYTES);
  const headers = { 'content-type': `multipart/form-data; boundary=${ownBoundary}` };
  let form: FormData;
  try {
    form = await new Response(redelimit(whole, delimiter, `--${ownBoundary}`), { headers }).formData();
  } catch (cause) {
    throw invalidForm('one of its parts has no readable headers', cause);
  }
  return Promise.all([...form].map((entry) => readEntry(entry, bytes)));
}

async function readEntry([name, value]: [string, FormDataEntryValue], body: Buffer): Promise<FormEntry> {
  if (!isIn(body, name)) throw fieldNotUtf8(undefined);
  if (typeof value !== 'string') return [name, Buffer.from(await value.arrayBuffer())];
  if (!isIn(body, value)) throw fieldNotUtf8(name);
  return [name, value];
}

const REPLACEMENT = '\ufffd';

function isIn(body: Buffer, text: string): boolean {
  return !text.includes(REPLACEMENT) || body.includes(text);
}

/** Puts another delimiter in the place of each that stands at the beginning of a line (RFC 2046 section 5.1.1). */
function redelimit(body: Buffer, delimiter: string, own: string): Buffer<ArrayBuffer> {
  const pieces: Buffer[] = [];
  let from = 0;
  for (let at = body.indexOf(delimiter); at !== -1; at = body.indexOf(delimiter, at + delimiter.length)) {
    const end = at + delimiter.length;
    const after = body.toString('latin1', end, end + 2);
    if ((at > 0 && body.toString('latin1', at - 2, at) !== '\r\n') || !/^(--|\r\n|[ \t])/.test(after)) continue;
    pieces.push(body.subarray(from, at), Buffer.from(own));
    from = end;
  }
  return Buffer.concat([...pieces, body.subarray(from)]);
}

function assertFewParts(bytes: Buffer, delimiter: string): void {
  let parts = 0;
  for (let at = bytes.indexOf(delimiter); at !== -1; at = bytes.indexOf(delimiter, at + delimiter.length)) {
    parts += 1;
    if (parts > MAX_PARTS) throw invalidForm(`it has more than ${MAX_PARTS} parts`);
  }
}

function invalidForm(what: string, cause?: unknown): BodyError {
  return new BodyError('invalid_form', `The body is not multipart/form-data: ${what}.`, { cause });
}
