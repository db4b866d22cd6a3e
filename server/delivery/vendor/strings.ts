import type { AppRole } from '../../storage/app-members.ts';
import type { Language } from '../../strings/pick-strings.ts';

/** The names of roles, for pages that do not say words of the catalogue yet. */
export function appsStrings({ t }: Language): { roles: Readonly<Record<AppRole, string>> } {
  const role = (name: AppRole) => t(`vendor.roles.${name}`);
  return { roles: { owner: role('owner'), developer: role('developer'), 'read-only': role('read-only') } };
}
