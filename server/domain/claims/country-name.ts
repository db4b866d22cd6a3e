const namesByLanguage = new Map<string, Intl.DisplayNames>();

/**
 * A country as people call it, for reading. Kept by language, which are few, because it takes long to make.
 * @param code ISO 3166-1 alpha-2; one that is not known stays as it is
 * @param language BCP 47
 */
export function countryName(code: string, language: string): string {
  const names = namesByLanguage.get(language) ?? new Intl.DisplayNames(language, { type: 'region' });
  namesByLanguage.set(language, names);
  try {
    return names.of(code.toUpperCase()) ?? code;
  } catch {
    // Not a code at all, as an import may have left it.
    return code;
  }
}
