export interface LanguageEntry {
  /** BCP 47: the name of the folder, what `lang` says and what `Intl` formats in. */
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
}

/** Every language that the product speaks. To add one, add its folder and a line here: the tests say what is missing in it. */
export const LANGUAGES: readonly LanguageEntry[] = [
  { tag: 'en', direction: 'ltr' },
  { tag: 'nl', direction: 'ltr' },
  { tag: 'de', direction: 'ltr' },
  { tag: 'fr', direction: 'ltr' },
  { tag: 'es', direction: 'ltr' },
  { tag: 'it', direction: 'ltr' },
  { tag: 'pt', direction: 'ltr' },
  { tag: 'pl', direction: 'ltr' },
  { tag: 'tr', direction: 'ltr' },
  { tag: 'ar', direction: 'rtl' },
  { tag: 'he', direction: 'rtl' },
  { tag: 'ja', direction: 'ltr' },
];

/** What people meet who want to buy something: every language has these. */
export const PUBLIC_SECTIONS = ['shared', 'popup', 'account', 'front', 'mail', 'embed', 'widget'] as const;

/** A file each in the folder of a language. `vendor` is for the developers of shops: a language may leave it out. */
export const SECTIONS = [...PUBLIC_SECTIONS, 'vendor'] as const;
export type Section = (typeof SECTIONS)[number];
