import { COUNTRY_CODES } from '../domain/claims/country-codes.ts';

export interface Country {
  code: string;
  name: string;
}

const countriesByLanguage = new Map<string, readonly Country[]>();

/** All countries by their name in `language`, in that language's order. Kept after the first call: the languages are few. */
export function countriesIn(language: string): readonly Country[] {
  let countries = countriesByLanguage.get(language);
  if (!countries) {
    const names = new Intl.DisplayNames(language, { type: 'region' });
    const { compare } = new Intl.Collator(language);
    countries = COUNTRY_CODES.map((code) => ({ code, name: names.of(code) ?? code })).sort((a, b) =>
      compare(a.name, b.name),
    );
    countriesByLanguage.set(language, countries);
  }
  return countries;
}
