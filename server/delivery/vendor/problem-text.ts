import { MAX_ADDRESSES } from '../../domain/apps/environment-addresses.ts';
import type { SettingsProblem } from '../../domain/apps/settings.ts';
import type { Language } from '../../strings/pick-strings.ts';
import { appsStrings } from './strings.ts';

const EXAMPLE = 'https://shop.example.com';

/** What is wrong with an input, in words for who typed it. */
export function problemText(
  language: Language,
  { problem, remedy = EXAMPLE }: { problem: SettingsProblem | 'known' | 'too_many'; remedy?: string | undefined },
): string {
  const { errors } = language.strings;
  const { problems } = appsStrings(language);
  const values: Readonly<Record<string, string>> = { example: EXAMPLE, remedy, count: String(MAX_ADDRESSES) };
  const text =
    problem === 'required' || problem === 'too_long' || problem === 'valid_characters'
      ? errors[problem]
      : problems[problem];
  return text.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}
