import { z } from 'zod';
import { isCommonPassword, MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, passwordLength } from './passwords.ts';

const MAX_EMAIL_LENGTH = 254;

/** An email address for an account. Messages: `required`, `too_long`, `valid_email`. */
export const emailSchema = z
  .string('required')
  .trim()
  .min(1, 'required')
  .max(MAX_EMAIL_LENGTH, 'too_long')
  .pipe(z.email('valid_email'));

/** A new password. Messages: `required`, `too_short`, `too_long`, `common_password`. */
export const passwordSchema = z.string('required').superRefine((password, context) => {
  const problem = passwordProblem(password);
  if (problem) context.addIssue({ code: 'custom', message: problem });
});

function passwordProblem(password: string): PasswordProblem | undefined {
  const length = passwordLength(password);
  if (length === 0) return 'required';
  if (length < MIN_PASSWORD_LENGTH) return 'too_short';
  if (length > MAX_PASSWORD_LENGTH) return 'too_long';
  return isCommonPassword(password) ? 'common_password' : undefined;
}

/** The email address is the first password that an attacker would try. */
export function isSameAsEmail(password: string, email: string | undefined): boolean {
  return password.toLowerCase() === email?.toLowerCase();
}

export type EmailProblem = 'required' | 'too_long' | 'valid_email';
export type PasswordProblem = 'required' | 'too_short' | 'too_long' | 'common_password' | 'same_as_email';

/** Checks an email address from a form. */
export function parseEmail(input: unknown): { email: string } | { problem: EmailProblem } {
  const parsed = emailSchema.safeParse(input);
  return parsed.success ? { email: parsed.data } : { problem: parsed.error.issues[0]?.message as EmailProblem };
}

/** Checks a new password for an account. @param email the account's email address */
export function parsePassword(
  input: unknown,
  email: string | undefined,
): { password: string } | { problem: PasswordProblem } {
  const parsed = passwordSchema.safeParse(input);
  if (!parsed.success) return { problem: parsed.error.issues[0]?.message as PasswordProblem };
  return isSameAsEmail(parsed.data, email) ? { problem: 'same_as_email' } : { password: parsed.data };
}
