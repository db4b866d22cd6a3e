import { z } from 'zod';
import type { Account } from '../../storage/accounts.ts';
import { nameSchema } from '../claims/input-schemas.ts';
import type { DomainContext } from '../context.ts';
import { networkAsPayer } from '../throttle/guesses.ts';
import { choosePassword } from './choose-password.ts';
import type { PasswordProblem } from './credential-schemas.ts';
import { hashAccountPassword } from './find-by-password.ts';
import type { SignUpFieldError } from './sign-up.ts';

const MAX_INPUT_LENGTH = 1_000;
const text = z.string().max(MAX_INPUT_LENGTH).catch('');
const formSchema = z.object({ given_name: text, family_name: text, password: text });

/** What was typed of a name, to show it again. */
export type TypedName = Pick<z.infer<typeof formSchema>, 'given_name' | 'family_name'>;

export type FirstDetailsErrors = Partial<Record<keyof TypedName, SignUpFieldError>> & { password?: PasswordProblem };

/** What a new account has besides its address. All of it may have been left out. */
export interface FirstDetails {
  givenName?: string;
  familyName?: string;
  password?: string;
}

/** Reads what a new account is asked once its address is proven. */
export async function checkFirstDetails(
  context: Pick<DomainContext, 'breaches' | 'config'>,
  account: Account,
  body: unknown,
): Promise<{ values: TypedName } & ({ errors: FirstDetailsErrors } | { details: FirstDetails })> {
  const { password, ...values } = formSchema.parse(body ?? {});
  const [given, family] = [nameSchema.safeParse(values.given_name), nameSchema.safeParse(values.family_name)];
  const person = { ...account, givenName: values.given_name, familyName: values.family_name };
  const chosen = password === '' ? undefined : await choosePassword(context, password, person);
  const errors: FirstDetailsErrors = {
    ...(given.error && { given_name: given.error.issues[0]?.message as SignUpFieldError }),
    ...(family.error && { family_name: family.error.issues[0]?.message as SignUpFieldError }),
    ...(chosen && 'problem' in chosen && { password: chosen.problem }),
  };
  if (Object.keys(errors).length > 0) return { values, errors };
  const details = {
    ...(given.data && { givenName: given.data }),
    ...(family.data && { familyName: family.data }),
    ...(chosen && 'password' in chosen && { password: chosen.password }),
  };
  return { values, details };
}

/**
 * Gives them to the account.
 * @param address network address, whose place in the queue of hashes it takes
 * @throws OverloadedError when there is no room in that queue; then nothing has changed
 */
export async function saveFirstDetails(
  context: DomainContext,
  account: Account,
  { password, ...name }: FirstDetails,
  address: string | undefined,
): Promise<Account> {
  const { accounts } = context.rows;
  const passwordHash =
    password === undefined
      ? undefined
      : await hashAccountPassword(context, account.email ?? '', password, networkAsPayer(address));
  await accounts.updateProfile(account.id, name);
  if (passwordHash !== undefined) await accounts.setPasswordHash(account.id, passwordHash);
  return { ...account, ...name, ...(passwordHash !== undefined && { passwordHash }) };
}
