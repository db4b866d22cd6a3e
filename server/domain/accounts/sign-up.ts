import { z } from 'zod';
import { OverloadedError } from '../../load/overloaded-error.ts';
import { type Account, emailKey } from '../../storage/accounts.ts';
import { nameSchema } from '../claims/input-schemas.ts';
import type { DomainContext } from '../context.ts';
import { admitGuess, networkAsPayer, rightGuess, uncheckedGuess } from '../throttle/guesses.ts';
import { mailboxOf, mayMail } from '../throttle/mail-share.ts';
import {
  type EmailProblem,
  emailSchema,
  isSameAsEmail,
  type PasswordProblem,
  passwordSchema,
} from './credential-schemas.ts';
import { findByPassword } from './find-by-password.ts';
import { isGuessable } from './password-strength.ts';
import {
  type FindByPassword,
  type FoundByPassword,
  PasswordUnknownError,
  type SignInContext,
  strangersGuess,
} from './sign-in.ts';

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
  })
  .refine((form) => !isGuessable(form.password, [form.email, form.given_name, form.family_name]), {
    path: ['password'],
    error: 'common_password',
  });

export type SignUpField = 'given_name' | 'family_name' | 'email' | 'password';
export type SignUpFieldError = EmailProblem | PasswordProblem | 'valid_characters';
export type SignUpForm = z.infer<typeof signUpSchema>;
export type SignUpErrors = Partial<Record<SignUpField, SignUpFieldError>>;

type CheckedSignUp = { form: SignUpForm } | { errors: SignUpErrors };

/** Checks a sign-up form. */
export async function checkSignUp(
  { config, breaches }: Pick<DomainContext, 'config' | 'breaches'>,
  body: unknown,
): Promise<CheckedSignUp> {
  const parsed = parseSignUp(body, config.platformName);
  if ('errors' in parsed) return parsed;
  // Last, because a service may be asked, which learns of no password that is refused anyway.
  return (await breaches.has(parsed.form.password)) ? { errors: { password: 'breached_password' } } : parsed;
}

/** What can be told of the form alone. @param platformName which an attacker tries, too */
export function parseSignUp(body: unknown, platformName?: string): CheckedSignUp {
  // A body that is not a form counts as an empty one.
  const isForm = typeof body === 'object' && body !== null && !Array.isArray(body);
  const parsed = signUpSchema.safeParse(isForm ? body : {});
  if (parsed.success && isGuessable(parsed.data.password, [platformName]))
    return { errors: { password: 'common_password' } };
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
      /** Whether another account, in the sandbox another one of the app, has verified the address. Only the mail to it may say so. */
      addressKnown: boolean;
      /** Whether the address may be mailed. Otherwise it has had enough mails about new accounts. */
      mayMail: boolean;
    }
  | { outcome: 'signed-in'; account: Account }
  | { outcome: 'too_many_attempts'; retryAfterMs: number }
  /** Known to the operator's directory, which has found the password right. */
  | { outcome: 'account_blocked' | 'address_known' }
  /** The directory, which has to be asked, is out of order. */
  | { outcome: 'directory_down' }
  | { outcome: 'busy'; retryAfterMs: number };

/**
 * Creates an account. An unverified address is a claim and not an identity. So a known address makes no visible difference: the account is
 * created unverified, and only the owner of the address is told (docs/decisions, "Email addresses are claims"). A person who signs up
 * again with the password of their account is signed in.
 *
 * What others did with the address before limits only the mails to it, never the form, because it is not the owner who did it.
 * @param findBy where passwords are looked up. Default: here alone
 * @param origin `appId`: in the sandbox, the app through whose popup the account is made, to which it belongs
 */
export async function signUp(
  context: SignInContext,
  form: SignUpForm,
  { address, locale, appId }: { address: string | undefined; locale?: string; appId?: string | undefined },
  findBy: FindByPassword = findByPassword,
): Promise<SignUpResult> {
  const { throttle, rows } = context;
  const retryAfterMs = await throttle.count('signUpByAddress', { address });
  if (retryAfterMs > 0) return { outcome: 'too_many_attempts', retryAfterMs };
  const email = emailKey(form.email);
  // Signing up with a password tells whether an account has it, so it is a guess like any other.
  const guess = strangersGuess(context, email, address);
  const admission = await admitGuess(throttle, guess);
  try {
    // Hashed and compared whatever the outcome, so that the duration reveals nothing.
    const question = { email, password: form.password, payer: networkAsPayer(address), scope: { appId } };
    // Whoever has guessed too often must not go on guessing at a directory.
    const found = await findOrGoOn(context, question, admission.admitted ? findBy : findByPassword);
    if (found === undefined) return { outcome: 'directory_down' };
    if (found.refusal) {
      await rightGuess(throttle, guess, { shared: true });
      return { outcome: found.refusal };
    }
    if (admission.admitted && found.account && !found.account.blocked) {
      await rightGuess(throttle, guess, { shared: true });
      return { outcome: 'signed-in', account: found.account };
    }
    const addressKnown = await rows.accounts.isVerified(form.email, appId);
    const account = await rows.accounts.create({
      email: form.email,
      emailVerified: false,
      passwordHash: found.hash,
      ...(form.given_name && { givenName: form.given_name }),
      ...(form.family_name && { familyName: form.family_name }),
      ...(locale && { locale }),
      ...(appId && { appId }),
    });
    return {
      outcome: 'signed-up',
      account,
      addressKnown,
      mayMail: await mayMail(throttle, 'signUp', { mailbox: mailboxOf(context, email, appId), address }),
    };
  } catch (error) {
    if (!(error instanceof OverloadedError)) throw error;
    if (admission.admitted) await uncheckedGuess(throttle, guess);
    await throttle.giveBack('signUpByAddress', { address });
    return { outcome: 'busy', retryAfterMs: error.retryAfterSeconds * 1000 };
  }
}

/**
 * While a directory is out of order that everybody is leaving for us, people sign up as if it knew nobody: a claim to an address that is somebody else's
 * ends by its proof. Where the directory decides each time, nobody gets in past it.
 */
async function findOrGoOn(
  context: SignInContext,
  question: Parameters<FindByPassword>[1],
  findBy: FindByPassword,
): Promise<FoundByPassword | undefined> {
  try {
    return await findBy(context, question);
  } catch (error) {
    if (!(error instanceof PasswordUnknownError)) throw error;
    return context.directory?.settings.mode === 'migrate' ? { account: undefined, hash: error.hash } : undefined;
  }
}
