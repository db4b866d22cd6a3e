/** RFC 5646 section 4.4.1: as long as a tag gets that anybody uses. */
const MAX_TAG_LENGTH = 35;
/** People speak fewer. Looking each one up takes time, and a header has room for thousands. */
const MAX_TAGS = 20;
const TAG = /^[a-z]{2,3}(-[a-z\d]{1,8})*$/i;

/** A locale of POSIX, as operating systems have it: `en_GB.UTF-8`, `de_DE@euro`. */
const POSIX_LOCALE = /^([a-z\d_-]+)(\.[\w-]+)?(@\w+)?$/i;
const MAX_LOCALE_LENGTH = 80;

/** The language tag that the name of a locale stands for; other text is returned as it is. */
export function languageTag(name: string): string {
  const [, locale] = name.length > MAX_LOCALE_LENGTH ? [] : (POSIX_LOCALE.exec(name) ?? []);
  if (locale === undefined) return name;
  // These two name no language; messages are in English then.
  return /^(C|POSIX)$/.test(locale) ? 'en' : locale.replaceAll('_', '-');
}

/** Languages from the request, else from the browser, in order of preference. */
export function languagesOf(requested: unknown, acceptLanguage: string | undefined): string[] {
  const tags = typeof requested === 'string' ? requested.split(/[\s,]+/, MAX_TAGS).map(languageTag) : [];
  const accepted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((text) => text.trim());
      const weight = parameters.find((parameter) => /^q=/i.test(parameter));
      return { tag, quality: weight === undefined ? 1 : Number(weight.slice(2)) || 0 };
    })
    // A quality of 0 means "not acceptable" (RFC 9110 section 12.4.2).
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
  return [...tags, ...accepted].filter((tag) => tag.length <= MAX_TAG_LENGTH && TAG.test(tag)).slice(0, MAX_TAGS);
}
