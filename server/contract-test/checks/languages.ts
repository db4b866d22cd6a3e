import { findingOf, fine, type Remark, warning } from '../finding.ts';
import { newPassword } from '../people.ts';
import { wordsOf } from '../words.ts';
import type { Check } from './check.ts';

const LANGUAGES = ['en', 'nl', 'de', 'fr'] as const;

/** Whether what a person reads is in their language: the same refusal in several. It signs nobody up. */
export const languages: Check = {
  codes: ['languages'],
  needsFirst: true,
  async run({ endpoint, first }) {
    if (!first) return [];
    const messages = new Map<string, string>();
    for (const language of LANGUAGES) {
      const body = { ...first.body, password: newPassword(), language };
      const answer = await endpoint.ask({ what: `somebody who has an account, in ${language}`, body });
      if (answer.outcome === 'silent') return [findingOf('languages', [wordsOf(answer)])];
      if (answer.message !== undefined) messages.set(language, answer.message);
    }
    return [findingOf('languages', [judge(messages)])];
  },
};

function judge(messages: ReadonlyMap<string, string>): Remark {
  const english = messages.get('en');
  if (english === undefined)
    return { level: 'not_checked', message: 'A refusal had no message whose language could be seen.' };
  const untranslated = [...messages]
    .filter(([tag, message]) => tag !== 'en' && message === english)
    .map(([tag]) => tag);
  if (untranslated.length === 0) return fine('Messages differ from language to language.');
  return warning(
    `The message is the same in ${new Intl.ListFormat('en').format(['en', ...untranslated])}.`,
    'People read it in the popup: write it in `language`, at least in those that your shop speaks.',
  );
}
