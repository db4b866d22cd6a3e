import { type MessageFormatElement, type PluralElement, TYPE } from '@formatjs/icu-messageformat-parser';
import { type Argument, argumentsOf, parseMessage, withNested } from '../message-arguments.ts';

/** What a straight quote may be in a message: syntax of ICU, itself (doubled), of a keyword in a Content Security Policy, of an HTML attribute. */
const STRAIGHT_QUOTES =
  /'[{}<>][^']*'|''|'(?:self|none|strict-dynamic|unsafe-[a-z-]+|nonce-[^' ]*|sha256-[^' ]*)'|\w="[^"]*"/g;

/** What is wrong with a message, in words for whoever wrote it. @param english the message that it says in another language */
export function problemsOf(text: string, tag: string, english = text): string[] {
  const elements = parsed(text);
  if (typeof elements === 'string') return [`is no ICU message: ${elements}`];
  const problems: string[] = [];
  if (text.trim() === '') problems.push('is empty');
  if (text.trim() !== text) problems.push('begins or ends with white space');
  if (/['"]/.test(text.replaceAll(STRAIGHT_QUOTES, '')))
    problems.push('has a straight quote, which ICU may take for syntax: type ’ or “ ”');
  const taken = describe(argumentsOf(elements));
  const expected = describe(argumentsOf(parseMessage(english)));
  if (taken !== expected) problems.push(`takes ${taken || 'nothing'}, and English takes ${expected || 'nothing'}`);
  for (const element of withNested(elements))
    if (element.type === TYPE.plural) problems.push(...problemsOfPlural(element, tag));
  if (tag === 'fr') problems.push(...problemsOfFrenchSpaces(text));
  return problems;
}

function parsed(text: string): MessageFormatElement[] | string {
  try {
    return parseMessage(text);
  } catch (error) {
    return String(error);
  }
}

/** E.g. "count (number), name (plain)". */
function describe(taken: ReadonlyMap<string, Argument>): string {
  return [...taken]
    .map(([name, { kind }]) => `${name} (${kind})`)
    .sort()
    .join(', ');
}

/** Branches such as `=0` may be there besides. */
function problemsOfPlural({ value, options, pluralType = 'cardinal' }: PluralElement, tag: string): string[] {
  const own = Object.keys(options).filter((name) => !name.startsWith('='));
  const needed = new Intl.PluralRules(tag, { type: pluralType }).resolvedOptions().pluralCategories;
  const missing = needed.filter((name) => !own.includes(name));
  const needless = own.filter((name) => !needed.some((each) => each === name));
  return [
    ...missing.map((name) => `the plural of {${value}} lacks "${name}", which ${tag} has`),
    ...needless.map((name) => `the plural of {${value}} has "${name}", which ${tag} never asks for`),
  ];
}

/** A no-break space (U+00A0 or U+202F) goes before `: ; ? ! »` and after `«`, so that no line begins or ends with them. */
function problemsOfFrenchSpaces(text: string): string[] {
  // In a header or an address nothing stands before the colon.
  const words = text.replaceAll(/https?:\/\/\S*|\b[A-Z]\w*(?:-\w+)+: /g, '');
  const found = words.match(/(?:[^\s]|[ \n])[;?!»]|[^\s]:(?=\s|$)|[ \n]:|«[^\u00a0\u202f]/g) ?? [];
  return found.map((place) => `lacks a no-break space in "${place}"`);
}
