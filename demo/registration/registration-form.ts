import { z } from 'zod';
import { COUNTRY_CODES } from './countries.ts';

/** Refuses control characters, because nobody types them and they garble labels and logs. Only the street may have line breaks. */
const line = (maxLength: number) =>
  z
    .string()
    .trim()
    .max(maxLength, `Please use at most ${maxLength} characters.`)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, 'Please remove the characters that cannot be printed.');

const optional = <T extends z.ZodType>(schema: T) => z.preprocess((value) => value ?? '', schema);

export const registrationForm = z.object({
  given_name: optional(line(100).min(1, 'Please enter your first name.')),
  family_name: optional(line(100)),
  email: optional(
    line(254)
      .min(1, 'Please enter your email address.')
      .pipe(
        // Internationalized addresses, too.
        z.email({
          pattern: z.regexes.unicodeEmail,
          error: 'Please enter an email address like jane@example.com.',
        }),
      ),
  ),
  phone_number: optional(
    line(30).regex(
      /^$|^\+?[\d\s().\-/]{5,30}$/,
      'Please enter a phone number like +31 20 123 4567, or leave it empty.',
    ),
  ),
  street_address: optional(
    z
      .string()
      .trim()
      .max(200, 'Please use at most 200 characters.')
      .transform((value) => value.replace(/\r\n?/g, '\n'))
      .pipe(z.string().regex(/^[^\p{Cc}]*(\n[^\p{Cc}]*)*$/u, 'Please remove the characters that cannot be printed.')),
  ),
  postal_code: optional(line(20)),
  locality: optional(line(100)),
  region: optional(line(100)),
  country: optional(z.literal(['', ...COUNTRY_CODES], 'Please choose a country from the list.')),
});

export type RegistrationField = keyof typeof registrationForm.shape;
export type RegistrationValues = Partial<Record<RegistrationField, string>>;
export type RegistrationErrors = Partial<Record<RegistrationField, string>>;

export const REGISTRATION_FIELDS = Object.keys(registrationForm.shape) as RegistrationField[];

/** What was typed, truncated to the maximum length, to be shown again. */
export function valuesOf(body: Record<string, unknown>): RegistrationValues {
  const values: RegistrationValues = {};
  for (const field of REGISTRATION_FIELDS) {
    const value = body[field];
    if (typeof value === 'string') values[field] = value.slice(0, 1_000);
  }
  return values;
}

/** The first message for each field. */
export function errorsOf(error: z.ZodError): RegistrationErrors {
  const errors: RegistrationErrors = {};
  for (const issue of error.issues) {
    const field = issue.path[0] as RegistrationField;
    errors[field] ??= issue.message.startsWith('Please') ? issue.message : 'Please check this field.';
  }
  return errors;
}
