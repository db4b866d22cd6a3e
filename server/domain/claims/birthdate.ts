import { isDate } from '@signup-with-platform/protocol';
import { z } from 'zod';
import type { FieldDescriptor } from './field-descriptor.ts';

/** Nobody has lived for longer (the record is 122 years); bounds what a slip of the finger can say. */
const MAX_AGE_YEARS = 130;

/** The first and the last day of birth that somebody alive can have, in UTC. */
function range(now = new Date()): { min: string; max: string } {
  const first = new Date(now);
  first.setUTCFullYear(first.getUTCFullYear() - MAX_AGE_YEARS);
  return { min: first.toISOString().slice(0, 10), max: now.toISOString().slice(0, 10) };
}

function isInRange(value: string): boolean {
  const { min, max } = range();
  return min <= value && value <= max;
}

/**
 * OpenID Connect Core 1.0 section 5.1, always with the year: a shop that asks wants to know an age, so `0000-05-17`, which leaves
 * it out, is refused. No mail tells of a change, because nobody is reached or let in by it; the audit log does.
 */
export const birthdate = {
  icon:
    'M4.5 4h11a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z' +
    'M2.5 8.2h15M6.5 2.2v3.4M13.5 2.2v3.4',
  claims: (account) => ({ birthdate: account.birthdate }),
  inputs: {
    birthdate: {
      schema: z
        .string()
        .trim()
        .refine((value) => value === '' || (isDate(value) && isInRange(value)), 'valid_birthdate'),
      option: { name: 'birthdate', value: 'YYYY-MM-DD' },
      control: 'date',
      range,
      autocomplete: 'bday',
      needed: true,
      width: 'full',
    },
  },
  toProfile: (texts) => (texts['birthdate'] ? { birthdate: texts['birthdate'] } : {}),
  page: { name: 'birthdate', parts: ['birthdate'], removable: true },
} as const satisfies FieldDescriptor;
