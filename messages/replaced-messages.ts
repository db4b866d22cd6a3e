import { flatten, type Messages, readMessages } from './catalogue.ts';
import { createLanguage, type Language } from './language.ts';
import { LANGUAGES, type Section } from './languages.ts';
import { type Argument, argumentsOf, parseMessage } from './message-arguments.ts';
import { pickLanguage } from './pick-language.ts';

/** What a text is of no use without: nobody could do what it asks for. */
const NEEDED = ['link', 'code'];

/**
 * Messages that somebody has written in the place of ours: any of a section's, in the shape of its file.
 * @param tree parsed JSON
 * @throws Error that names every message that is wrong
 */
export function messagesIn(section: Section, tree: unknown): Messages {
  const english = readMessages('en', section);
  const messages = new Map(flatten(tree));
  const problems = [...messages].flatMap(([path, text]) => {
    const problem = problemOf(text, english.get(path));
    return problem ? [`${path} ${problem}`] : [];
  });
  if (problems.length > 0) throw new Error(problems.join('; '));
  return messages;
}

/**
 * A `pickLanguage` of its own, which answers with these messages in the place of ours. Whoever does not have it hears ours.
 * @param replaced by language, see {@link messagesIn}
 * @throws TypeError for a language that there is not
 */
export function pickLanguageWith(section: Section, replaced: ReadonlyMap<string, Messages>): typeof pickLanguage {
  const languages = new Map([...replaced].map(([tag, messages]) => [tag, languageWith(tag, section, messages)]));
  return (wanted, sections) => {
    const language = pickLanguage(wanted, sections);
    return languages.get(language.tag) ?? language;
  };
}

function languageWith(tag: string, section: Section, messages: Messages): Language {
  const entry = LANGUAGES.find((each) => each.tag === tag);
  if (!entry) throw new TypeError(`no language ${tag}`);
  const read = (wanted: Section) =>
    wanted === section ? new Map([...readMessages(tag, wanted), ...messages]) : readMessages(tag, wanted);
  return createLanguage(entry, read);
}

function problemOf(text: string, english: string | undefined): string | undefined {
  if (english === undefined) return 'is no message of ours';
  if (text.trim() === '') return 'is empty';
  let taken: ReadonlyMap<string, Argument>;
  try {
    taken = argumentsOf(parseMessage(text));
  } catch (error) {
    return `is no ICU message (${(error as Error).message})`;
  }
  const given = argumentsOf(parseMessage(english));
  for (const name of taken.keys())
    if (!given.has(name)) return `has no {${name}} to show: there is ${[...given.keys()].join(', ') || 'nothing'}`;
  const missing = NEEDED.find((name) => given.has(name) && !taken.has(name));
  return missing && `needs {${missing}}`;
}
