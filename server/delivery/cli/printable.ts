/** Control characters and direction marks; not the ends of lines. */
const HIDDEN = /[^\P{Cc}\n]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** A text as a terminal may show it. What others have written could otherwise clear the screen, change its title, or read like something else. */
export function printable(text: string): string {
  return text.replaceAll(HIDDEN, (hidden) => `\\u{${hidden.codePointAt(0)?.toString(16)}}`);
}

/** The same, on one line. */
export function printableLine(text: string): string {
  return printable(text.replaceAll('\n', String.raw`\n`));
}
