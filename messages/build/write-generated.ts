import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMessages } from '../catalogue.ts';
import { LANGUAGES, SECTIONS } from '../languages.ts';
import { argumentsOf, parseMessage } from '../message-arguments.ts';
import { messageTypes } from './message-types.ts';
import { widgetLanguages } from './widget-languages.ts';

/** The files of `messages/generated/` as they have to be, by path. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const messages = SECTIONS.flatMap((section) =>
    [...readMessages('en', section)].map(
      ([path, text]) => [`${section}.${path}`, argumentsOf(parseMessage(text))] as const,
    ),
  );
  const file = (name: string) => join(import.meta.dirname, '../generated', name);
  return new Map([
    [file('message-values.ts'), messageTypes(messages)],
    [file('widget-languages.ts'), widgetLanguages(LANGUAGES)],
  ]);
}

if (import.meta.main) for (const [file, text] of generatedFiles()) writeFileSync(file, text);
