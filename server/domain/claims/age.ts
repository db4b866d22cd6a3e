import { birthdate } from './birthdate.ts';
import type { FieldDescriptor } from './field-descriptor.ts';

/** The places where a day begins last are twelve hours behind UTC (`Etc/GMT+12`). */
const LAST_PLACE_OFFSET_MS = -12 * 60 * 60 * 1000;

/**
 * Whether somebody has reached an age wherever they are. Nothing tells in which time zone they live, so a birthday counts from when it has begun
 * everywhere: nobody is called of age a moment too early, and at most a day late. Who was born on the 29th of February has the birthday on the 1st
 * of March in other years.
 * @param born `YYYY-MM-DD`
 */
export function hasReached(years: number, born: string, now = new Date()): boolean {
  const today = new Date(now.getTime() + LAST_PLACE_OFFSET_MS).toISOString().slice(0, 10);
  const [birthYear = 0, year = 0] = [born, today].map((date) => Number(date.slice(0, 4)));
  const hadBirthday = today.slice(4) >= born.slice(4);
  return year - birthYear - (hadBirthday ? 0 : 1) >= years;
}

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
