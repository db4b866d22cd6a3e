import type { AppUser, AppUserChanges } from './app-user-rows.ts';

/** What vendors are told of by name: as in the credential, or as in the user API what no credential has. */
const NAMES = {
  email: 'email',
  emailVerified: 'email_verified',
  firstName: 'given_name',
  lastName: 'family_name',
  username: 'username',
  roles: 'roles',
  active: 'is_active',
} as const satisfies Partial<Record<keyof AppUserChanges & keyof AppUser, string>>;

const PARTS = Object.keys(NAMES) as (keyof typeof NAMES)[];

/** Whether somebody may have to be told. When a user was last seen, or of a new password, nobody is. */
export function isTold(changes: AppUserChanges): boolean {
  return PARTS.some((part) => changes[part] !== undefined);
}

/** The names of what differs. */
export function changedParts(before: AppUser, after: AppUser): string[] {
  return PARTS.filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part])).map(
    (part) => NAMES[part],
  );
}
