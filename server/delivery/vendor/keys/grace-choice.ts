import { z } from 'zod';
import { DEFAULT_GRACE, GRACES, type Grace } from '#domain/apps/grace.ts';
import { choices } from '#portal/choices.ts';
import { formatDuration } from '#portal/dates.ts';
import type { PortalCall } from '#portal/route.ts';
import { keysStrings } from './strings.ts';

/** How long the old one works beside the new one. A form without a known answer was not made by us; nothing is done on a guess. */
export const graceSchema = z.object({ grace: z.enum(GRACES as [Grace, ...Grace[]]) });

export function graceChoice({ language, kept }: PortalCall): unknown {
  const { grace } = keysStrings(language);
  const duration = (count: number, unit: 'hour' | 'day') => formatDuration(count, unit, language.tag);
  return choices<Grace>({
    name: 'grace',
    legend: grace.legend,
    chosen: graceSchema.safeParse(kept).data?.grace ?? DEFAULT_GRACE,
    options: [
      { value: 'now', label: grace.now, hint: grace.nowHint },
      { value: '1h', label: duration(1, 'hour') },
      { value: '24h', label: duration(24, 'hour'), hint: grace.later },
      { value: '7d', label: duration(7, 'day') },
    ],
  });
}
