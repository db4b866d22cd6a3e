import { type Language, pickLanguage } from '@signup-with-platform/messages';

/** The language of a mail. @param languages BCP 47, in order of preference */
export function mailLanguage(languages: readonly string[]): Language {
  return pickLanguage(languages, ['mail']);
}

/** How long a link or a code works, such as "1 hour", "24 hours" or "7 days". */
export function formatLifetime(seconds: number, { duration }: Language): string {
  const hours = Math.round(seconds / (60 * 60));
  return hours > 24 ? duration(Math.round(hours / 24), 'day') : duration(hours, 'hour');
}
