import { z } from 'zod';
import { MAX_EMAIL_LENGTH, readEmailAddress } from '../values/email-address.ts';

const MAX_ID_LENGTH = 200;

/** Exports have null where nothing is known. */
export const optional = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? undefined);

/** Of no control characters, which no system has in its ids. */
export const id = z.union([z.string(), z.int().transform(String)]).pipe(
  z
    .string()
    .trim()
    .min(1)
    .max(MAX_ID_LENGTH)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'has control characters'),
);

/** An address as people write it. */
export const emailSchema = z
  .string()
  .max(1_000)
  .transform((typed, context) => {
    const read = readEmailAddress(typed);
    if (read === undefined || read.length > MAX_EMAIL_LENGTH)
      context.addIssue({ code: 'custom', message: 'is no email address' });
    return read ?? z.NEVER;
  });

export const past = z.iso
  .datetime({ offset: true, local: false })
  .transform((text) => new Date(text))
  .refine((date) => date.getTime() <= Date.now(), 'is in the future');
