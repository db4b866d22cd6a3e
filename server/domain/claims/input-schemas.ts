import { z } from 'zod';
import { readPhoneNumber } from '../values/phone-number.ts';
import { cleanText, isShownText, lengthOf } from '../values/shown-text.ts';

export const MAX_NAME_LENGTH = 100;
const MAX_ADDRESS_LINE_LENGTH = 200;
const MAX_ADDRESS_LINES = 6;

/** One line of text that is shown to people, cleaned, without control characters or markup. May be empty. */
const lineSchema = (maxLength: number) =>
  z
    .string()
    .transform(cleanText)
    .refine((value) => lengthOf(value) <= maxLength, 'too_long')
    .refine((value) => value === '' || isShownText(value), 'valid_characters');

export const nameSchema = lineSchema(MAX_NAME_LENGTH);
export const addressLineSchema = lineSchema(MAX_ADDRESS_LINE_LENGTH);

/** Several lines, such as a street address. Line breaks become `\n`. */
export const addressLinesSchema = z
  .string()
  .transform((value) =>
    value
      .trim()
      .split(/\r?\n/)
      .map((line) => line.trim())
      .join('\n'),
  )
  .pipe(
    z.string().superRefine((value, context) => {
      const lines = value.split('\n');
      if (lines.length > MAX_ADDRESS_LINES) {
        context.addIssue({ code: 'custom', message: 'too_long' });
        return;
      }
      for (const line of lines) {
        const parsed = addressLineSchema.safeParse(line);
        if (!parsed.success)
          context.addIssue({ code: 'custom', message: parsed.error.issues[0]?.message ?? 'valid_characters' });
      }
    }),
  );

/** A phone number as people write it, with plain digits and spaces. May be empty. */
export const phoneNumberSchema = z.string().transform((typed, context) => {
  if (cleanText(typed) === '') return '';
  const number = readPhoneNumber(typed);
  if (number === undefined) context.addIssue({ code: 'custom', message: 'valid_phone_number' });
  return number ?? z.NEVER;
});

/** An ISO 3166-1 alpha-2 code. May be empty. */
export const countrySchema = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^(|[A-Z]{2})$/, 'valid_country');
