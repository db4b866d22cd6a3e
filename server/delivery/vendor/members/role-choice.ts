import { z } from 'zod';
import { choices } from '#portal/choices.ts';
import type { PortalCall } from '#portal/route.ts';
import { APP_ROLES, type AppRole } from '#storage/app-members.ts';

/** A form without a known role is refused, because it was not made by us and no role is given on a guess. */
export const roleSchema = z.object({ role: z.enum(APP_ROLES) });

export function roleChoice({ language: { t } }: PortalCall, chosen: AppRole): unknown {
  return choices<AppRole>({
    name: 'role',
    legend: t('vendor.members.role'),
    chosen,
    options: APP_ROLES.toReversed().map((value) => ({
      value,
      label: t(`vendor.roles.${value}`),
      hint: t(`vendor.members.roleHints.${value}`),
    })),
  });
}
