import { isUtf8 } from 'node:buffer';

/** Text that is not UTF-8 once its escapes are decoded, by the name of its field, if that could be read. */
export class NotUtf8 extends Error {
  override name = 'NotUtf8';
  readonly field: string | undefined;

  constructor(field: string | undefined) {
    super(field === undefined ? 'a name is not UTF-8' : `"${field}" is not UTF-8`);
    this.field = field;
  }
}

/**
 * Parses a query or a form as browsers send it (URL Standard section 5.1), but strictly: where browsers' parsers would put U+FFFD in the
 * place of bytes that are not UTF-8, this refuses them. Otherwise a password would open with any other letter in that place.
 *
 * @throws NotUtf8
 */
export function parseUrlEncoded(text: string): [name: string, value: string][] {
  const entries: [string, string][] = [];
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decode(equals === -1 ? pair : pair.slice(0, equals));
    if (name === undefined) throw new NotUtf8(undefined);
    const value = equals === -1 ? '' : decode(pair.slice(equals + 1));
    if (value === undefined) throw new NotUtf8(name);
    entries.push([name, value]);
  }
  return entries;
}

/** A % that is not followed by two hexadecimal digits stands for itself. @returns undefined for what is not UTF-8 */
function decode(escaped: string): string | undefined {
  const text = escaped.replaceAll('+', ' ');
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    const bytes = unescapeBytes(Buffer.from(text));
    return isUtf8(bytes) ? bytes.toString() : undefined;
  }
}

const PERCENT = 0x25;

function unescapeBytes(escaped: Buffer): Buffer {
  const bytes = Buffer.alloc(escaped.length);
  let length = 0;
  for (let index = 0; index < escaped.length; index += 1) {
    const byte = escaped[index] ?? 0;
    const digits = byte === PERCENT ? escaped.toString('latin1', index + 1, index + 3) : '';
    const isEscape = /^[\da-f]{2}$/i.test(digits);
    bytes[length] = isEscape ? Number.parseInt(digits, 16) : byte;
    length += 1;
    if (isEscape) index += 2;
  }
  return bytes.subarray(0, length);
}
