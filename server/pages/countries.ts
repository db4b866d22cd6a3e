import { COUNTRY_CODES } from '../domain/claims/country-codes.ts';
import { countryName } from '../domain/claims/country-name.ts';

export interface Country {
  code: string;
  name: string;
}

const countriesByLanguage = new Map<string, readonly Country[]>();

/** All countries by their name in `language`, in that language's order. Kept after the first call: the languages are few. */
export function countriesIn(language: string): readonly Country[] {
  let countries = countriesByLanguage.get(language);
  if (!countries) {
    const { compare } = new Intl.Collator(language);
    countries = COUNTRY_CODES.map((code) => ({ code, name: countryName(code, language) })).sort((a, b) =>
      compare(a.name, b.name),
    );
    countriesByLanguage.set(language, countries);
  }
  return countries;
}
