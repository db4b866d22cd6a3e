import type { NamedAutofill } from './fields.ts';
import type * as others from './spellings.ts';

let learned: typeof others.spellings | undefined;
let learning: Promise<void> | undefined;

/** Loads what fields are called in other languages than English. Where that does not load, English alone is understood. */
export function learnSpellings(): Promise<void> {
  learning ??= import('./spellings.ts').then(
    ({ spellings }) => {
      learned = spellings;
    },
    () => {
      learning = undefined;
    },
  );
  return learning;
}

export function hasLearned(): boolean {
  return learned !== undefined;
}

/** Many pages say that they are English, because a template did, so this alone is no reason to do without the other languages. */
export function isEnglish(tag = ''): boolean {
  return /^en\b/i.test(tag);
}

/** Whether a text names the field, or says that it is something else, in a language that is known by now. */
export function says({ token, ...autofill }: NamedAutofill, kind: 'words' | 'vague' | 'not', text: string): boolean {
  return Boolean(autofill[kind]?.test(text)) || means(token, text, kind);
}

/** The same of what is said in another language than English alone, of a field or of what else {@link others.spellings} has. */
export function means(token: string, text: string, kind: 'words' | 'vague' | 'not' = 'words'): boolean {
  return Boolean(learned && Object.hasOwn(learned, token) && learned[token]?.[kind]?.test(text));
}
