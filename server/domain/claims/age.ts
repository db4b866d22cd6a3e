import { hasReached } from '@signup-with-platform/protocol';
import { birthdate } from './birthdate.ts';
import type { FieldDescriptor } from './field-descriptor.ts';

/**
 * Whether somebody has reached an age. A person who has told no date of birth is asked for it, it stays with the account, and only yes or no is
 * shared. It is as true as that date, which people may change.
 */
export function isOver<Name extends 'is_over_16' | 'is_over_18' | 'is_over_21'>(name: Name) {
  const years = Number(name.slice(-2));
  return {
    icon: 'M10 2.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 1 0 0-15zM6.6 10.2l2.4 2.4 4.6-5',
    claims: (account) => ({ [name]: account.birthdate && hasReached(years, account.birthdate) }),
    inputs: { [name]: birthdate.inputs.birthdate } as Record<Name, typeof birthdate.inputs.birthdate>,
    derived: true,
    // Of two dates in one form, the one that is asked for as such counts.
    toProfile: (texts) => (texts[name] && !texts['birthdate'] ? { birthdate: texts[name] } : {}),
  } as const satisfies FieldDescriptor;
}
