import { BodyError } from './body-error.ts';
import { describePosition, positionOf } from './decode-text.ts';
import { scanJson } from './scan-json.ts';

/**
 * Parses JSON (RFC 8259). V8's own message is not used, because it quotes the text around the mistake, which may be a password.
 *
 * @param allowsRepeatedNames see BodyContract
 * @throws BodyError `invalid_json`, whose message and position say where
 */
export function readJson(text: string, allowsRepeatedNames: boolean): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw mistake(text);
  }
  if (!allowsRepeatedNames) assertUnambiguous(text);
  return value;
}

function mistake(text: string): BodyError {
  const { end } = scanJson(text);
  const position = positionOf(text, end);
  if (text.trim() === '') return invalidJson('The body is empty: JSON was expected.', text, end);
  if (end >= text.length) return invalidJson('The body is not JSON: it ends too early.', text, end);
  return invalidJson(`The body is not JSON: look at ${describePosition(position)}.`, text, end);
}

/** Two parsers that read such a body may find different values in it, or fail at its depth. */
function assertUnambiguous(text: string): void {
  const { end, repeatedNameAt, isTooDeep } = scanJson(text);
  if (isTooDeep) throw invalidJson('The JSON of the body is nested too deeply.', text, end);
  if (repeatedNameAt === undefined) return;
  const place = describePosition(positionOf(text, repeatedNameAt));
  throw invalidJson(`The body has a name twice in one object: look at ${place}.`, text, repeatedNameAt);
}

function invalidJson(message: string, text: string, offset: number): BodyError {
  return new BodyError('invalid_json', message, { position: positionOf(text, offset) });
}
