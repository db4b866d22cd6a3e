/** V8's messages name a position, except this one, which quotes the text around the error instead. */
const WITHOUT_POSITION = 'Unexpected token';

/**
 * Says where `text` stops being JSON. It never quotes the text, as V8's own message does, because the text may contain a secret.
 * @param text a text that JSON.parse refuses
 */
export function describeJsonError(text: string): string {
  if (text.trim() === '') return 'The body is empty: JSON was expected.';
  const offset = errorOffset(text);
  if (offset === undefined) return 'The body is not JSON.';
  if (offset >= text.length) return 'The body is not JSON: it ends too early.';
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  return `The body is not JSON: look at line ${line}, column ${column}.`;
}

function errorOffset(text: string): number | undefined {
  const message = parseError(text);
  if (message?.startsWith(WITHOUT_POSITION)) return lastGoodLength(text);
  if (message === 'Unexpected end of JSON input') return text.length;
  const position = /at position (\d+)/.exec(message ?? '')?.[1];
  return position === undefined ? undefined : Number(position);
}

/** Finds the first bad token by bisection: the parser reports it for each prefix of the text that contains it, and for no shorter one. */
function lastGoodLength(text: string): number {
  let [good, bad] = [0, text.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (parseError(text.slice(0, middle))?.startsWith(WITHOUT_POSITION)) bad = middle;
    else good = middle;
  }
  return good;
}

function parseError(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
