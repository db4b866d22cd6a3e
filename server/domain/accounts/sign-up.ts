import { z } from 'zod';
import type { Account, AccountRepository } from '../../storage/accounts.ts';
import { emailKey } from '../../storage/accounts.ts';
import { nameSchema } from '../claims/input-schemas.ts';
import type { Throttle } from '../throttle/throttle.ts';
import {
  type EmailProblem,
  emailSchema,
  isSameAsEmail,
  type PasswordProblem,
  passwordSchema,
} from './credential-schemas.ts';
import { hashPassword } from './passwords.ts';
import { matchPassword } from './sign-in.ts';

/** The sign-up form. Names are optional, because the consent page asks for a missing one when an app needs it. */
const signUpSchema = z
  .object({
    given_name: nameSchema.default(''),
    family_name: nameSchema.default(''),
    email: emailSchema,
    password: passwordSchema,
  })
  .refine((form) => !isSameAsEmail(form.password, form.email), {
    path: ['password'],
    error: 'same_as_email',
  });

export type SignUpField = 'given_name' | 'family_name' | 'email' | 'password';
export type SignUpFieldError = EmailProblem | PasswordProblem | 'valid_characters';
export type SignUpForm = z.infer<typeof signUpSchema>;
export type SignUpErrors = Partial<Record<SignUpField, SignUpFieldError>>;

/** Checks a sign-up form. */
export function parseSignUp(body: unknown): { form: SignUpForm } | { errors: SignUpErrors } {
  // A body that is not a form counts as an empty one.
  const isForm = typeof body === 'object' && body !== null && !Array.isArray(body);
  const parsed = signUpSchema.safeParse(isForm ? body : {});
  if (parsed.success) return { form: parsed.data };
  const errors: SignUpErrors = {};
  for (const issue of parsed.error.issues) {
    const field = issue.path[0] as SignUpField;
    errors[field] ??= issue.code === 'invalid_type' ? 'required' : (issue.message as SignUpFieldError);
  }
  return { errors };
}

export type SignUpResult =
  | {
      outcome: 'signed-up';
      account: Account;
      /** Whether another account has verified the address. Only the mail to that address may say so. */
      addressKnown: boolean;
    }
  | { outcome: 'signed-in'; account: Account }
  | { outcome: 'too_many_attempts'; retryAfterMs: number };

/**
 * Creates an account. An unverified address is a claim and not an identity. So a known address makes no visible difference: the account is
 * created unverified, and only the owner of the address is told (docs/decisions, "Email addresses are claims"). A person who signs up
 * again with the password of their account is signed in.
 * @param origin `appId`: in the sandbox, the app through whose popup the account is made, which sees its mails
 */
export async function signUp(
  accounts: AccountRepository,
  throttle: Throttle,
  form: SignUpForm,
  origin: { address: string | undefined; locale?: string; appId?: string | undefined },
): Promise<SignUpResult> {
  const retryAfterMs = Math.max(
    await throttle.count('signUpByEmail', emailKey(form.email)),
    await throttle.count('signUpByAddress', origin.address),
  );
  if (retryAfterMs > 0) return { outcome: 'too_many_attempts', retryAfterMs };

  const candidates = await accounts.findByEmail(form.email);
  // Hashed and compared whether or not the address is known, so that the duration reveals nothing.
  const [existing, passwordHash] = await Promise.all([
    matchPassword(candidates, form.password),
    hashPassword(form.password),
  ]);
  if (existing && !existing.blocked) return { outcome: 'signed-in', account: existing };

  const account = await accounts.create({
    email: form.email,
    emailVerified: false,
    passwordHash,
    ...(form.given_name && { givenName: form.given_name }),
    ...(form.family_name && { familyName: form.family_name }),
    ...(origin.locale && { locale: origin.locale }),
    ...(origin.appId && { appId: origin.appId }),
  });
  return { outcome: 'signed-up', account, addressKnown: candidates.some((candidate) => candidate.emailVerified) };
}
