const SPACE = /[ \t\n\r]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259 section 7 forbids exactly these inside a string
const STRING_START = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

/** More than any request of ours has. Code that walks a value may recurse this deep. */
const MAX_DEPTH = 32;

export interface JsonScan {
  /** Where the text stops being JSON: its length when it ends too early, or is valid. */
  readonly end: number;
  /** Where a name begins that its object has already. */
  readonly repeatedNameAt: number | undefined;
  readonly isTooDeep: boolean;
}

/** What is open: an object with the names it has, or an array. */
type Open = { readonly closer: '}'; readonly names: Set<string> } | { readonly closer: ']' };

/**
 * Finds what JSON.parse does not tell: where a mistake is, without quoting the text around it, which may be a password; a name that comes
 * twice; nesting that is too deep. It keeps its own stack, because only the text's length limits the nesting.
 */
export function scanJson(text: string): JsonScan {
  let offset = 0;
  let expected: 'value' | 'first item' | 'name' | 'first name' | 'comma' = 'value';
  let repeatedNameAt: number | undefined;
  let isTooDeep = false;
  const open: Open[] = [];
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
  const enter = (inner: Open) => {
    open.push(inner);
    if (open.length > MAX_DEPTH) isTooDeep = true;
  };
  const found = () => ({ end: offset, repeatedNameAt, isTooDeep });

  for (;;) {
    take(SPACE);
    const inner = open.at(-1);
    const mayClose = expected === 'comma' || expected === 'first item' || expected === 'first name';
    if (mayClose && inner && takeCharacter(inner.closer)) {
      open.pop();
      expected = 'comma';
    } else if (expected === 'comma') {
      if (!inner || !takeCharacter(',')) return found();
      expected = inner.closer === '}' ? 'name' : 'value';
    } else if (expected === 'name' || expected === 'first name') {
      const start = offset;
      if (!take(STRING_START) || !takeCharacter('"')) return found();
      if (inner?.closer === '}') {
        const name = String(JSON.parse(text.slice(start, offset)));
        if (inner.names.has(name)) repeatedNameAt ??= start;
        inner.names.add(name);
      }
      take(SPACE);
      if (!takeCharacter(':')) return found();
      expected = 'value';
    } else if (takeCharacter('{')) {
      enter({ closer: '}', names: new Set() });
      expected = 'first name';
    } else if (takeCharacter('[')) {
      enter({ closer: ']' });
      expected = 'first item';
    } else if (take(STRING_START)) {
      if (!takeCharacter('"')) return found();
      expected = 'comma';
    } else if (take(NUMBER) || take(WORD)) {
      expected = 'comma';
    } else {
      return found();
    }
  }
}
