import { z } from 'zod';
import { choices } from '#portal/choices.ts';
import type { PortalCall } from '#portal/route.ts';
import { APP_ROLES, type AppRole } from '#storage/app-members.ts';
import { appsStrings } from '../strings.ts';
import { membersStrings } from './strings.ts';

/** Never guessed: a form without it was not made by us. */
export const roleSchema = z.object({ role: z.enum(APP_ROLES as [AppRole, ...AppRole[]]) });

export function roleChoice({ language }: PortalCall, chosen: AppRole): unknown {
  const { role, roleHints } = membersStrings(language);
  const { roles } = appsStrings(language);
  return choices<AppRole>({
    name: 'role',
    legend: role,
    chosen,
    options: APP_ROLES.toReversed().map((value) => ({ value, label: roles[value], hint: roleHints[value] })),
  });
}
