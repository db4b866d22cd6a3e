import { MIN_PASSWORD_LENGTH } from '#domain/accounts/passwords.ts';
import type { EmbedErrorCode } from '../embed/embed-error.ts';
import { en } from '../embed/strings/en.ts';

const PLACEHOLDERS: Readonly<Record<string, string | number>> = {
  count: MIN_PASSWORD_LENGTH,
  line: 3,
  column: 18,
  requestId: '4f9d0c1e-8a55-4d0e-9c58-0f4a3c1f8e21',
};

/** The English words of a code, filled in. */
export function embedMessage(code: EmbedErrorCode): string {
  return en.errors[code].replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    String(PLACEHOLDERS[name] ?? placeholder),
  );
}
