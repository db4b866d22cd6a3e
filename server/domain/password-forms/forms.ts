import { z } from 'zod';
import { argon2 } from './argon2.ts';
import { bcrypt } from './bcrypt.ts';
import { digest } from './digest.ts';
import type { PasswordForm } from './password-form.ts';
import { pbkdf2 } from './pbkdf2.ts';
import { phpass } from './phpass.ts';
import { firebaseScrypt, scrypt } from './scrypt.ts';
import { wrapped } from './wrapped.ts';

const FORMS = { argon2, bcrypt, digest, 'firebase-scrypt': firebaseScrypt, pbkdf2, phpass, scrypt, wrapped };
export type FormName = keyof typeof FORMS;
export const FORM_NAMES = Object.keys(FORMS) as FormName[];

const schema = z.discriminatedUnion('form', [
  argon2.schema,
  bcrypt.schema,
  digest.schema,
  firebaseScrypt.schema,
  pbkdf2.schema,
  phpass.schema,
  scrypt.schema,
  wrapped.schema,
] as unknown as [z.ZodObject<{ form: z.ZodLiteral<FormName> }>]);

/** What is kept of a password that another system has hashed. */
export type KeptPassword = { [Name in FormName]: z.infer<(typeof FORMS)[Name]['schema']> }[FormName];

/** What was kept, or is about to be. Undefined when it is none of these forms. */
export function asKept(value: unknown): KeptPassword | undefined {
  const { data } = schema.safeParse(value);
  return data as KeptPassword | undefined;
}

/** How long a check takes, in whole units of about a millisecond of one processor. */
export function costOf(kept: KeptPassword): number {
  return Math.ceil(formOf(kept).cost(kept));
}

/** Whether it is the hash of this password. */
export function isHashOf(kept: KeptPassword, password: string): Promise<boolean> {
  return formOf(kept).verify(kept, password);
}

function formOf(kept: KeptPassword): PasswordForm<KeptPassword> {
  return FORMS[kept.form] as unknown as PasswordForm<KeptPassword>;
}
