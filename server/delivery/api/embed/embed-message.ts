import type { Language } from '@signup-with-platform/messages';
import type { EmbedErrorCode, EmbedValues } from './embed-error.ts';

/** An error's message for the person on the screen. Values that it does not use may be left out. */
export function embedMessage(code: EmbedErrorCode, values: EmbedValues, { t, isolate }: Language): string {
  const { count = 0, line = 1, column = 1, requestId = '', parameter = '' } = values;
  return t(`embed.errors.${code}`, {
    ...{ count, line, column },
    requestId: isolate(requestId),
    parameter: isolate(parameter),
  });
}

/** The text after a request for a new password. It is the same whether or not the user exists. */
export function forgotPasswordAnswer({ t }: Language): { header: string; body: string } {
  return { header: t('embed.forgotPassword.header'), body: t('embed.forgotPassword.body') };
}
