/** An item of a pattern: characters, and how often they come. */
interface Item {
  readonly characters: RegExp;
  readonly min: number;
  readonly max: number;
}

const MAX_PATTERN_LENGTH = 200;
const MAX_REPEATS = 1_000;
/** A class, an escape, or a character that means itself; then how often. Groups and references are none of these. */
const ITEM =
  /(\[(?:\\.|[^\]\\])+\]|\\[dwDW.\-/+*?()[\]{}|^$\\]|[^\\()[\]{}|^$*+?])(?:([?*+])|\{(\d{1,4})(?:(,)(\d{1,4})?)?\})?/uy;

/**
 * A pattern that an operator writes, as a part of a regular expression: characters, classes, how often they come, and alternatives of these. It is
 * matched here and not by the engine of the language, whose time may grow exponentially with the length of what a stranger types. Here it grows
 * with the length of the text times that of the pattern.
 */
export class SafePattern {
  readonly source: string;
  readonly #alternatives: readonly (readonly Item[])[];

  /** @throws TypeError that says what is wrong with the pattern */
  constructor(source: string) {
    if (source.length > MAX_PATTERN_LENGTH) throw new TypeError(`is longer than ${MAX_PATTERN_LENGTH} characters`);
    this.source = source;
    this.#alternatives = alternativesOf(source);
  }

  /** Whether a text matches from its first to its last character. */
  test(text: string): boolean {
    const characters = [...text];
    return this.#alternatives.some((items) => matches(items, characters));
  }
}

function alternativesOf(source: string): Item[][] {
  const alternatives: Item[][] = [[]];
  let at = 0;
  while (at < source.length) {
    if (source[at] === '|') {
      alternatives.push([]);
      at += 1;
      continue;
    }
    ITEM.lastIndex = at;
    const [all, characters, sign, from, comma, to] = ITEM.exec(source) ?? [];
    if (all === undefined || characters === undefined)
      throw new TypeError(
        `has at character ${at + 1} what is not supported: only characters, classes such as [A-Z0-9] and \\d, ` +
          'repeats such as {2,12}, ? * +, and alternatives with | are',
      );
    alternatives.at(-1)?.push({ characters: classOf(characters), ...repeatsOf(sign, from, comma, to) });
    at += all.length;
  }
  return alternatives;
}

/** Of one character at a time, no expression takes long. */
function classOf(characters: string): RegExp {
  try {
    // Outside of a class, a hyphen means itself, and the engine takes none with a backslash.
    return new RegExp(`^(?:${characters === '\\-' ? '-' : characters})$`, 'su');
  } catch {
    throw new TypeError(`has a class that means nothing: ${characters}`);
  }
}

function repeatsOf(sign?: string, from?: string, comma?: string, to?: string): Pick<Item, 'min' | 'max'> {
  const endless = Number.POSITIVE_INFINITY;
  if (sign === '?') return { min: 0, max: 1 };
  if (sign) return { min: sign === '+' ? 1 : 0, max: endless };
  if (from === undefined) return { min: 1, max: 1 };
  const min = Number(from);
  const max = comma === undefined ? min : to === undefined ? endless : Number(to);
  if (min > MAX_REPEATS || max < min) throw new TypeError(`has repeats that mean nothing: {${from},${to ?? ''}}`);
  return { min, max };
}

/** Goes through the items with all places at once that the text can have been matched up to. */
function matches(items: readonly Item[], text: readonly string[]): boolean {
  let places: boolean[] = [true];
  for (const { characters, min, max } of items) {
    const reached: boolean[] = [];
    const fits = text.map((character) => characters.test(character));
    // From each place, as far as the characters go: what is reached from the latest place with the same run is a part of it.
    for (let end = text.length, run = 0; end >= 0; end -= 1) {
      run = fits[end] ? run + 1 : 0;
      if (!places[end]) continue;
      for (let count = min; count <= Math.min(run, max); count += 1) {
        // What lies beyond has been reached from a later place in the same run.
        if (reached[end + count] && max === Number.POSITIVE_INFINITY) break;
        reached[end + count] = true;
      }
    }
    places = reached;
  }
  return places[text.length] === true;
}
