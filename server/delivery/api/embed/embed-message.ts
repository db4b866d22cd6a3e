import type { Language } from '@signup-with-platform/messages';
import type { EmbedErrorCode, EmbedValues } from './embed-error.ts';

/** What an error says to the person on the screen. What its words do not take may be left out. */
export function embedMessage(code: EmbedErrorCode, values: EmbedValues, { t, isolate }: Language): string {
  const { count = 0, line = 1, column = 1, requestId = '' } = values;
  return t(`embed.errors.${code}`, { count, line, column, requestId: isolate(requestId) });
}

/** What is shown to whoever asked for a new password, whether there is an account or not. */
export function forgotPasswordAnswer({ t }: Language): { header: string; body: string } {
  return { header: t('embed.forgotPassword.header'), body: t('embed.forgotPassword.body') };
}
