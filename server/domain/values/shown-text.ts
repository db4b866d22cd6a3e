/** Control characters and line separators. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what must not get through
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/u;
const MARKUP = /[<>]/;
/** Embeddings, overrides and isolates, which turn the text around them on a page. */
const DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/u;
/**
 * Invisible characters that come along when somebody copies text, and mean nothing: soft hyphens, zero width spaces, marks of direction,
 * word joiners, byte order marks. Joiners (U+200C, U+200D) stay, because Persian, Indic scripts and emoji need them.
 */
const STRAY_CHARACTERS = /[\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff]/gu;
/** Characters without a glyph of their own: marks, spaces, and what Unicode says to ignore, Hangul fillers included. */
const WITHOUT_GLYPH = /[\p{M}\p{Z}\p{C}\p{Default_Ignorable_Code_Point}\u2800]/gu;
/** More combining marks on one letter than any script has. They would reach into the lines around. */
const STACKED_MARKS = /\p{M}{9}/u;

/** Text as it is stored: without spaces and stray characters around and in it, in NFC, so that lengths are those that people count. */
export function cleanText(text: string): string {
  return text.replace(STRAY_CHARACTERS, '').trim().normalize('NFC');
}

/** Whether one line of text can be shown to people: something of it is visible, and it can do nothing to the page around it. */
export function isShownText(text: string): boolean {
  return !isHarmful(text) && hasGlyph(text);
}

/** Whether a person sees anything of it. */
export function hasGlyph(text: string): boolean {
  return text.replace(WITHOUT_GLYPH, '') !== '';
}

function isHarmful(text: string): boolean {
  return (
    !text.isWellFormed() ||
    CONTROL_CHARACTERS.test(text) ||
    MARKUP.test(text) ||
    DIRECTION_CONTROLS.test(text) ||
    STACKED_MARKS.test(text)
  );
}

/** The length that people count, in code points: an accent is part of its letter, and an emoji is one character. */
export function lengthOf(text: string): number {
  return [...text.normalize('NFC')].length;
}
