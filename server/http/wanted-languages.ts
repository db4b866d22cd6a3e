/** RFC 5646 section 4.4.1: as long as a tag gets that anybody uses. */
const MAX_TAG_LENGTH = 35;
/** People speak fewer. Looking each one up takes time, and a header has room for thousands. */
const MAX_TAGS = 20;
const TAG = /^[a-z]{2,3}(-[a-z\d]{1,8})*$/i;

/** Languages from the request, else from the browser, in order of preference. */
export function languagesOf(requested: unknown, acceptLanguage: string | undefined): string[] {
  const tags = typeof requested === 'string' ? requested.split(/[\s,]+/) : [];
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
