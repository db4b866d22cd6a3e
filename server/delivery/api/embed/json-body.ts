/** A parsed body: its value, or the position of the first error. */
export type JsonBody = { value: unknown; malformedAt?: undefined } | { value?: undefined; malformedAt: TextPosition };

/** Line and column, counted from 1. Columns count UTF-16 code units, as editors do. */
export interface TextPosition {
  line: number;
  column: number;
}

/**
 * Parses JSON (RFC 8259, UTF-8). V8's own message is not used, because it quotes the text around the error, which may be a password.
 */
export function readJsonBody(bytes: Buffer): JsonBody {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { malformedAt: positionOf(bytes.toString(), bytes.toString().indexOf('\ufffd')) };
  }
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { malformedAt: positionOf(text, offsetOfMistake(text)) };
  }
}

function positionOf(text: string, offset: number): TextPosition {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

const SPACE = /[ \t\n\r]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259 section 7 forbids exactly these inside a string
const STRING_START = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

/**
 * The offset at which a text stops being JSON. It is the text's length when the text ends too early, or is valid. The function keeps its
 * own stack, because only the text's length limits the nesting.
 */
export function offsetOfMistake(text: string): number {
  let offset = 0;
  let expected: 'value' | 'first item' | 'name' | 'first name' | 'comma' = 'value';
  const closers: ('}' | ']')[] = [];
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = offset;
    const taken = pattern.test(text);
    if (taken) offset = pattern.lastIndex;
    return taken;
  };
  const takeCharacter = (character: string): boolean => {
    const taken = text[offset] === character;
    if (taken) offset += 1;
    return taken;
  };

  for (;;) {
    take(SPACE);
    const closer = closers.at(-1);
    const mayClose = expected === 'comma' || expected === 'first item' || expected === 'first name';
    if (mayClose && closer && takeCharacter(closer)) {
      closers.pop();
      expected = 'comma';
    } else if (expected === 'comma') {
      if (!closer || !takeCharacter(',')) return offset;
      expected = closer === '}' ? 'name' : 'value';
    } else if (expected === 'name' || expected === 'first name') {
      if (!take(STRING_START) || !takeCharacter('"')) return offset;
      take(SPACE);
      if (!takeCharacter(':')) return offset;
      expected = 'value';
    } else if (takeCharacter('{')) {
      closers.push('}');
      expected = 'first name';
    } else if (takeCharacter('[')) {
      closers.push(']');
      expected = 'first item';
    } else if (take(STRING_START)) {
      if (!takeCharacter('"')) return offset;
      expected = 'comma';
    } else if (take(NUMBER) || take(WORD)) {
      expected = 'comma';
    } else {
      return offset;
    }
  }
}
