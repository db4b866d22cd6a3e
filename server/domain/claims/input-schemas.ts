import { z } from 'zod';

export const MAX_NAME_LENGTH = 100;
const MAX_ADDRESS_LINE_LENGTH = 200;
const MAX_ADDRESS_LINES = 6;
/** Room for the digits of E.164 and the characters that group them. */
const MAX_PHONE_NUMBER_LENGTH = 40;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what a name must not contain
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/u;
const MARKUP = /[<>]/;

/** One line of text that is shown to people, without control characters or markup. May be empty. */
const lineSchema = (maxLength: number) =>
  z
    .string()
    .trim()
    .refine((value) => [...value].length <= maxLength, 'too_long')
    .refine(
      (value) => !CONTROL_CHARACTERS.test(value) && !MARKUP.test(value) && value.isWellFormed(),
      'valid_characters',
    );

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

/** A phone number as people write it, with 5 to 15 digits (ITU-T E.164 allows 15). May be empty. */
export const phoneNumberSchema = z
  .string()
  .trim()
  .refine(
    (value) =>
      value === '' ||
      (value.length <= MAX_PHONE_NUMBER_LENGTH &&
        /^\+?[\d ().\-\u00a0\u202f]+$/.test(value) &&
        /^\d{5,15}$/.test(value.replaceAll(/\D/g, ''))),
    'valid_phone_number',
  );

/** An ISO 3166-1 alpha-2 code. May be empty. */
export const countrySchema = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^(|[A-Z]{2})$/, 'valid_country');
