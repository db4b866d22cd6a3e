import { displayName } from '../describe-user.ts';

/** Languages in which a page may list countries besides its own: those that the product speaks. */
const LANGUAGES = ['en', 'nl', 'de', 'fr', 'es', 'it', 'pt', 'pl', 'tr', 'ar', 'he', 'ja'];

/** The names of a country, first in the page's language. */
export function countryNames(country: string | undefined, language?: string): string[] {
  if (!country) return [];
  return [...new Set([language, ...LANGUAGES].map((tag) => displayName('region', country, tag)))];
}
