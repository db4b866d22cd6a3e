import { z } from 'zod';
import { DEFAULT_GRACE, GRACES, type Grace } from '#domain/apps/grace.ts';
import { choices } from '#portal/choices.ts';
import type { PortalCall } from '#portal/route.ts';
import type { SecretKind } from './made-page.ts';

/**
 * For how long the old secret works beside the new one. A form without a known answer is refused, because it was not made by us and
 * nothing is done on a guess.
 */
export const graceSchema = z.object({ grace: z.enum(GRACES) });

export function graceChoice({ language, kept }: PortalCall, kind: SecretKind): unknown {
  const { t, duration } = language;
  return choices<Grace>({
    name: 'grace',
    legend: t('vendor.keys.grace.legend', { kind }),
    chosen: graceSchema.safeParse(kept).data?.grace ?? DEFAULT_GRACE,
    options: [
      { value: 'now', label: t('vendor.keys.grace.now'), hint: t('vendor.keys.grace.nowHint') },
      { value: '1h', label: duration(1, 'hour') },
      { value: '24h', label: duration(24, 'hour'), hint: t('vendor.keys.grace.later') },
      { value: '7d', label: duration(7, 'day') },
    ],
  });
}
