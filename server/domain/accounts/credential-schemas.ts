import { z } from 'zod';
import { MAX_EMAIL_LENGTH, readEmailAddress } from '../values/email-address.ts';
import { cleanText, lengthOf } from '../values/shown-text.ts';
import { isGuessable } from './password-strength.ts';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, passwordLength } from './passwords.ts';

/** An email address for an account. Messages: `required`, `too_long`, `valid_email`. */
export const emailSchema = z.string('required').transform((typed, context) => {
  const email = readEmailAddress(typed);
  const problem = emailProblem(typed, email);
  if (problem) context.addIssue({ code: 'custom', message: problem });
  return email ?? z.NEVER;
});

function emailProblem(typed: string, email: string | undefined): EmailProblem | undefined {
  if (cleanText(typed) === '') return 'required';
  if (lengthOf(email ?? typed.trim()) > MAX_EMAIL_LENGTH) return 'too_long';
  return email === undefined ? 'valid_email' : undefined;
}

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
  return isGuessable(password) ? 'common_password' : undefined;
}

/** The email address is the first password that an attacker would try. */
export function isSameAsEmail(password: string, email: string | undefined): boolean {
  return password.toLowerCase() === email?.toLowerCase();
}

export type EmailProblem = 'required' | 'too_long' | 'valid_email';
export type PasswordProblem =
  | 'required'
  | 'too_short'
  | 'too_long'
  | 'common_password'
  | 'breached_password'
  | 'same_as_email';

/** Checks an email address from a form. */
export function parseEmail(input: unknown): { email: string } | { problem: EmailProblem } {
  const parsed = emailSchema.safeParse(input);
  return parsed.success ? { email: parsed.data } : { problem: parsed.error.issues[0]?.message as EmailProblem };
}
