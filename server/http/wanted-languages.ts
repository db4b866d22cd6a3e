/** The languages that the request names, then those of the browser, each in order of preference. */
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
  return [...tags, ...accepted].filter((tag) => /^[a-z]{2,3}(-[a-z\d]{1,8})*$/i.test(tag));
}
