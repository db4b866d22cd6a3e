/** Verbs that English writes in three ways: log out, log-out, logout. And logging in is signing in. */
const VERBS = /\b(?:sign|log)[\s-]?(in|out|up|on|off)\b/g;
const ENDS: Readonly<Record<string, string>> = {
  in: 'signin',
  on: 'signin',
  out: 'signout',
  off: 'signout',
  up: 'signup',
};

/** A name that a program reads, such as `/1/users/{id}`, `redirect-uri` or `invalid_api_key`: more than one word, without a space. */
const NAME = /[\p{L}\p{N}][^\s`'"()<>,;]*[-_/.:][^\s`'"()<>,;]*[\p{L}\p{N}}]/gu;

/** The terms of a text, for the index and for what is searched: each word, and each name as a whole besides its words. */
export function termsOf(text: string): string[] {
  return [...wordsOf(text), ...namesIn(text)];
}

export function wordsOf(text: string): string[] {
  const lower = text.toLowerCase().replace(VERBS, (verb, end: string) => ENDS[end] ?? verb);
  return (lower.match(/[\p{L}\p{N}]+/gu) ?? []).map(singular);
}

export function namesIn(text: string): string[] {
  return text.toLowerCase().match(NAME) ?? [];
}

/** The index has one term for one and for many. */
function singular(word: string): string {
  return word.length > 3 && /[^sui]s$/.test(word) ? word.slice(0, -1) : word;
}
