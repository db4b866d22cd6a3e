/** More are not named: what somebody sends by the dozen is not misspelt. */
const MAX_NAMED = 10;
const MAX_NAME_LENGTH = 40;
/** Of one name as the header has it, where a character may become nine. nginx refuses an answer whose headers have more than 4 KB. */
const MAX_ENCODED_LENGTH = 120;
const PLAIN_NAME = /^[\w.-]{1,40}$/;

/**
 * The names of a body that a call does nothing with, to be told to the caller: in a header, because the contracts' bodies do not change.
 * @param known names, to be taken with brackets after them, too
 */
export function ignoredNames(known: readonly string[], members: unknown): string[] {
  if (typeof members !== 'object' || members === null || Array.isArray(members)) return [];
  const isKnown = (name: string) => known.includes(name) || known.includes(name.split('[', 1)[0] ?? '');
  return Object.keys(members)
    .filter((name) => !isKnown(name))
    .slice(0, MAX_NAMED);
}

/** As the header has them, in ASCII. */
export function ignoredHeader(names: readonly string[]): Record<string, string> {
  if (names.length === 0) return {};
  return { 'x-ignored-parameters': names.map(encoded).join(', ') };
}

/** A name from its beginning, in whole characters. */
function encoded(name: string): string {
  let text = '';
  for (const character of name.slice(0, MAX_NAME_LENGTH).toWellFormed()) {
    const next = encodeURIComponent(character);
    if (text.length + next.length > MAX_ENCODED_LENGTH) break;
    text += next;
  }
  return text;
}

/** As the app's event log has them: a name may be anything, even somebody's email address, which that log never holds. */
export function ignoredInLog(names: readonly string[]): string[] {
  return names.map((name) => (PLAIN_NAME.test(name) ? name : '…'));
}
