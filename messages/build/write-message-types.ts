import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMessages } from '../catalogue.ts';
import { SECTIONS } from '../languages.ts';
import { argumentsOf, parseMessage } from '../message-arguments.ts';
import { messageTypes } from './message-types.ts';

export const MESSAGE_TYPES_FILE = join(import.meta.dirname, '../generated/message-values.ts');

/** The types of today's English messages. */
export function currentMessageTypes(): string {
  return messageTypes(
    SECTIONS.flatMap((section) =>
      [...readMessages('en', section)].map(
        ([path, text]) => [`${section}.${path}`, argumentsOf(parseMessage(text))] as const,
      ),
    ),
  );
}

if (import.meta.main) writeFileSync(MESSAGE_TYPES_FILE, currentMessageTypes());
