/** The blocks that Unicode sets aside for scripts that run from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const SPACES_AND_CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\s]+/gu;

/**
 * What somebody typed, as it goes into a sentence of plain text, such as a title or a mail's subject: on one line, so that it begins no
 * line or header of its own, and between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE (UAX #9), so that it turns no text around it. Where
 * everything runs from left to right these would change nothing, so they are left out: people search for subjects and copy them.
 */
export function isolate(text: string, direction: 'ltr' | 'rtl'): string {
  const line = text.replaceAll(SPACES_AND_CONTROLS, ' ').trim();
  return direction === 'ltr' && !RIGHT_TO_LEFT.test(line) ? line : `\u2068${line}\u2069`;
}
