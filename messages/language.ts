import type { Messages } from './catalogue.ts';
import { createFormats, createFormatters, type Formats } from './formats.ts';
import { isolate } from './isolate.ts';
import type { LanguageEntry, Section } from './languages.ts';
import { createTranslate, type Translate } from './translate.ts';

/** One language: its words, and how it writes values. */
export interface Language extends LanguageEntry, Formats {
  readonly t: Translate;
  /** A name as it goes into plain text of this language: see {@link isolate}. Markup has `<bdi>`. */
  isolate(name: string): string;
}

/** @param read its messages of one section; called on first use, once for each */
export function createLanguage({ tag, direction }: LanguageEntry, read: (section: Section) => Messages): Language {
  const formatters = createFormatters(tag);
  const t = createTranslate(tag, read, formatters);
  return {
    tag,
    direction,
    t,
    isolate: (name) => isolate(name, direction),
    ...createFormats(tag, formatters, () => t('shared.common.justNow')),
  };
}
