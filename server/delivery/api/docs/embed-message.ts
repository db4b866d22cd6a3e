import { pickLanguage } from '@signup-with-platform/messages';
import { MIN_PASSWORD_LENGTH } from '#domain/accounts/passwords.ts';
import type { EmbedErrorCode, EmbedValues } from '../embed/embed-error.ts';
import { embedMessage } from '../embed/embed-message.ts';

const VALUES: EmbedValues = {
  count: MIN_PASSWORD_LENGTH,
  line: 3,
  column: 18,
  parameter: 'firstName',
  requestId: '4f9d0c1e-8a55-4d0e-9c58-0f4a3c1f8e21',
};

/** The English message of a code, with example values, for the documentation. */
export function exampleMessage(code: EmbedErrorCode): string {
  return embedMessage(code, VALUES, pickLanguage(['en']));
}
