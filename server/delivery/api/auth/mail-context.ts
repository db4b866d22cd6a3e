import type { Language } from '@signup-with-platform/messages';
import { ApiError } from '../api-error.ts';
import type { ApiCall } from '../route.ts';
import type { Parameter } from '../validation/parameters.ts';

/** A parameter of calls that send a mail. */
export const languageParameter: Parameter = {
  description: 'The language of the mail, as a BCP 47 tag. The mail is in English when the language is not supported.',
  rules: [{ name: 'valid_characters', holds: isLanguageTag, schema: { maxLength: 35, default: 'en' } }],
  example: 'nl-BE',
};

/** The language of a mail: the request's, else English. */
export function languageOf({ body, context }: Pick<ApiCall, 'body' | 'context'>): Language {
  const { language } = body;
  return context.mailer.languageFor(typeof language === 'string' ? [language] : []);
}

/** Who writes to the user. @throws ApiError 402 when the app was deleted during the call */
export async function shopOf({
  context,
  access,
}: Pick<ApiCall, 'access' | 'context'>): Promise<{ app: string; platform: string }> {
  const app = await context.storage.appEnvironments.findByClientId(access.clientId);
  if (!app) throw new ApiError(402, 'app_disabled', 'The app no longer exists.');
  return { app: app.name, platform: context.config.platformName };
}

function isLanguageTag(value: string): boolean {
  try {
    return value.length <= 35 && Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}
