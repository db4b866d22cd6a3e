import { z } from 'zod';
import { type AddressRangeProblem, parseAddressRanges } from '#domain/apps/address-ranges.ts';
import { afterDays, endOfDay, KEY_LIFETIMES_DAYS } from '#domain/apps/keys.ts';
import { nameSchema } from '#domain/claims/input-schemas.ts';
import type { NewApiKey } from '#storage/api-keys.ts';

export const EXPIRIES = ['never', ...KEY_LIFETIMES_DAYS.map((days) => `${days}` as const), 'date'] as const;

const text = (maxLength: number) => z.string().max(maxLength).catch('');
/** A key's limits are never guessed: a form that lacks one, or has one twice, is refused, because we did not make it. */
export const createKeySchema = z.object({
  name: text(1_000),
  rights: z.enum(['full', 'read-only']),
  address_ranges: z.string(),
  expiry: z.enum(EXPIRIES),
  last_day: text(40),
});

/** What was typed, as it was typed. */
export type CreateKeyForm = z.infer<typeof createKeySchema>;

export const EMPTY_CREATE_KEY: CreateKeyForm = {
  name: '',
  rights: 'full',
  address_ranges: '',
  expiry: 'never',
  last_day: '',
};

export interface CreateKeyErrors {
  name?: 'name_required' | 'name_too_long' | 'name_characters';
  ranges?: AddressRangeProblem;
  lastDay?: true;
  /** There are as many keys as there can be; the form itself is right. */
  tooMany?: true;
}

/** @returns the key to create, or what is wrong with each field */
export function checkCreateKey(form: CreateKeyForm): { key: NewApiKey } | { errors: CreateKeyErrors } {
  const errors: CreateKeyErrors = {};
  const name = nameSchema.safeParse(form.name);
  if (!name.success) errors.name = name.error.issues[0]?.message === 'too_long' ? 'name_too_long' : 'name_characters';
  else if (name.data === '') errors.name = 'name_required';
  const parsed = parseAddressRanges(form.address_ranges);
  if ('problem' in parsed) errors.ranges = parsed.problem;
  const expiresAt = endOf(form);
  if (expiresAt === 'invalid') errors.lastDay = true;
  if (!name.success || 'problem' in parsed || expiresAt === 'invalid' || errors.name) return { errors };
  return {
    key: {
      name: name.data,
      readOnly: form.rights === 'read-only',
      addressRanges: parsed.ranges,
      ...(expiresAt && { expiresAt }),
    },
  };
}

function endOf({ expiry, last_day: lastDay }: CreateKeyForm): Date | undefined | 'invalid' {
  if (expiry === 'never') return undefined;
  return expiry === 'date' ? (endOfDay(lastDay) ?? 'invalid') : afterDays(Number(expiry));
}
