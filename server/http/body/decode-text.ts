import { isUtf8 } from 'node:buffer';
import { BodyError, type TextPosition } from './body-error.ts';

const BYTE_ORDER_MARK = '\ufeff';
const UTF8_NAMES: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'unicode-1-1-utf-8']);

/**
 * Decodes a text body. The platform speaks UTF-8 only, because a charset that is guessed wrongly stores a wrong password. A byte order mark
 * says nothing in UTF-8 and is dropped (RFC 8259 section 8.1). A client that names another charset and sends nothing but ASCII is
 * understood, because ASCII reads the same in all of them.
 *
 * @param charset of the Content-Type, in lower case
 * @throws BodyError `not_utf8`, `unsupported_charset`
 */
export function decodeText(bytes: Buffer, charset: string | undefined): string {
  if (charset !== undefined && !UTF8_NAMES.has(charset) && !isPlainAscii(bytes)) throw unsupportedCharset();
  if (!isUtf8(bytes)) {
    const position = positionOf(bytes.toString(), firstInvalidOffset(bytes));
    throw new BodyError('not_utf8', `The body is not UTF-8: look at ${describePosition(position)}.`, { position });
  }
  const text = bytes.toString();
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

function unsupportedCharset(): BodyError {
  return new BodyError('unsupported_charset', 'Send the body as UTF-8, and name no other charset in Content-Type.');
}

/** UTF-16 consists of such bytes too, but every other one of them is NUL. */
function isPlainAscii(bytes: Buffer): boolean {
  return bytes.every((byte) => byte > 0 && byte < 0x80);
}

export function positionOf(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

export function describePosition({ line, column }: TextPosition): string {
  return `line ${line}, column ${column}`;
}

/** The offset, in the leniently decoded text, of what stands for the first byte that is wrong. */
function firstInvalidOffset(bytes: Buffer): number {
  const readable = Buffer.from(bytes.toString());
  const different = readable.findIndex((byte, index) => byte !== bytes[index]);
  return readable.subarray(0, different === -1 ? readable.length : different).toString().length;
}
