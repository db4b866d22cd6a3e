/**
 * Letters of other scripts, and digits, that look like a letter of the Latin alphabet (from the confusables of Unicode TS #39; those that
 * a screen shows alike, not all that could be mistaken). Compatibility forms, such as full-width letters, are left to NFKD.
 */
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  a: 'аαɑ',
  b: 'ьвβ',
  c: 'сϲ',
  d: 'ԁɗ',
  e: 'еєεҽ',
  f: 'ғƒ',
  g: 'ɡԍ',
  h: 'һнη',
  i: 'іıι1l|!ӏו',
  j: 'јϳ',
  k: 'кκ',
  m: 'мμ',
  n: 'пո',
  o: 'оο0օ०๐ഠס',
  p: 'рρ',
  q: 'ԛգ',
  r: 'гя',
  s: 'ѕ5$ꜱ',
  t: 'тτ',
  u: 'υцսᴜ',
  v: 'ѵν',
  w: 'ѡԝω',
  x: 'хχ',
  y: 'уүγ',
  z: 'ᴢʐ',
};
const LATIN_OF = new Map(
  Object.entries(LOOKS_LIKE).flatMap(([latin, others]) => [...others].map((one) => [one, latin])),
);

/** Two names with the same skeleton look alike. Words of it are separated by single spaces; it is compared and never shown. */
export function skeletonOf(text: string): string {
  const letters = [...text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()];
  return letters
    .map((letter) => LATIN_OF.get(letter) ?? letter)
    .join('')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
