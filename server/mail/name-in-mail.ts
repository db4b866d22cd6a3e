import type { Language } from '@signup-with-platform/messages';

/** Quotation marks of any language. Within a quoted name, one would end the quotation, and the rest would seem to be our words. */
const QUOTATION_MARKS = /["„“”«»「」『』״〝〞＂]/gu;
/** What turns text into a link in mail programs, which do so with `shop.example`, `https://…` and `ada@shop.example`. */
const BEFORE_A_LINK = /(?<=[.:/@．。])(?=\S)/gu;
const ZERO_WIDTH_SPACE = '\u200b';

/**
 * A name that somebody has chosen, for the text of a mail. It stays on one line, ends no quotation and becomes no link: what is not seen in
 * `Shop.example` keeps mail programs from making one.
 */
export function nameInMail(name: string, { isolate }: Language): string {
  return isolate(name.replaceAll(QUOTATION_MARKS, '’').replaceAll(BEFORE_A_LINK, ZERO_WIDTH_SPACE));
}
