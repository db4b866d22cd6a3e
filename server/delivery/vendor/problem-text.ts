import type { Language } from '@signup-with-platform/messages';
import { MAX_ADDRESSES } from '../../domain/apps/environment-addresses.ts';
import type { SettingsProblem } from '../../domain/apps/settings.ts';
import { isolateLeftToRight } from '../../pages/text.ts';

const EXAMPLE = 'https://shop.example.com';

/** What is wrong with an input, for the person who typed it. */
export function problemText(
  { t }: Pick<Language, 't'>,
  { problem, remedy = EXAMPLE }: { problem: SettingsProblem | 'known' | 'too_many'; remedy?: string | undefined },
): unknown {
  if (problem === 'required' || problem === 'too_long' || problem === 'valid_characters')
    return t(`shared.errors.${problem}`);
  return t.rich(`vendor.problems.${problem}`, {
    example: isolateLeftToRight(EXAMPLE),
    remedy: isolateLeftToRight(remedy),
    count: MAX_ADDRESSES,
  });
}
