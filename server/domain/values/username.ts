import { hasGlyph } from './shown-text.ts';

/** Letters and digits of any script, and `. _ -`. */
const CHARACTERS = /^[\p{L}\p{M}\p{N}._-]+$/u;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;

/** Whether a text has the characters of a username. */
export function isUsername(text: string): boolean {
  return CHARACTERS.test(text) && !INVISIBLE.test(text) && hasGlyph(text.replace(/[._-]/g, ''));
}
