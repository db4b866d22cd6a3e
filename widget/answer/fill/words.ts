/** Letters that Unicode does not take apart into a letter and an accent. */
const LETTERS: Readonly<Record<string, string>> = { ß: 'ss', ł: 'l', ı: 'i', ø: 'o', æ: 'ae', œ: 'oe', đ: 'd' };
/** What developers put before a name without a sign between: `billingcity`, `txtEmail`. */
const GLUED =
  /\b(billing|shipping|delivery|customer|contact|bill|ship|cust|user|member|your|address|addr|txt|input|register|signup|checkout)(?=[a-z]{3})(?!ess|es\b)/g;

/** Removes case and accents. Those of Japanese are part of the letter and stay. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßłıøæœđ]/g, (letter) => LETTERS[letter] ?? letter)
    .trim();
}

/** Its letters and digits alone, because pages format what is written: "+31 20 555 01 01", "1012AB", capitals. */
export function lettersOf(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]/gu, '');
}

/** The words of a name or a label: `billing[postCode]` is "billing post code". */
export function wordsOf(text: string): string {
  const apart = text.slice(0, 200).replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2');
  return fold(apart.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')).replace(GLUED, '$1 ');
}
