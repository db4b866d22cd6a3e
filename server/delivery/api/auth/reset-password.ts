import { hashPassword } from '#domain/accounts/passwords.ts';
import { emailKey } from '#storage/accounts.ts';
import type { AppUser } from '#storage/app-users.ts';
import type { ApiAnswer, ApiCall, ApiRoute } from '../route.ts';
import { USER_SCHEMA, userBody } from '../users/user-body.ts';
import type { Parameters } from '../validation/parameters.ts';
import { validate } from '../validation/validate.ts';
import { forgetAttempts } from './attempts.ts';
import { codeParameter, newPasswordParameter, passwordConfirmationParameter } from './parameters.ts';
import { payerOf } from './payer.ts';
import { invalidCode, openCode } from './user-code.ts';

export const resetPassword: ApiRoute = {
  method: 'POST',
  path: '/auth/reset-password',
  operation: 'resetPassword',
  summary: 'Set a new password with a mailed code',
  description:
    'A code works once. It is not consumed when the password does not meet its rules. ' +
    'Other codes and unused sign-in tokens of the user stop working.',
  rights: 'write',
  parameters: {
    code: codeParameter,
    password: newPasswordParameter,
    password_confirmation: passwordConfirmationParameter,
  },
  answer: { description: 'The user.', schema: USER_SCHEMA },
  errors: { 400: ['invalid_code'] },
  handle,
};

async function handle(call: ApiCall): Promise<ApiAnswer> {
  const { code: given, password } = call.body;
  const code = await openCode(call, 'reset_password', String(given));
  if (!code?.user.active) throw invalidCode();
  assertUnlike(code.user, String(password));
  const passwordHash = await hashPassword(String(password), payerOf(call));
  if (!(await code.consume())) throw invalidCode();
  // Revoked before the password changes, so that a crash in between leaves no code that could undo the change.
  await call.codes.revoke('reset_password', code.user.id);
  await call.codes.revoke('signin', code.user.id);
  const user = await call.users.update(code.user.id, { passwordHash });
  if (!user) throw invalidCode();
  for (const signinId of [user.email, user.username]) {
    if (signinId !== undefined) await forgetAttempts(call, emailKey(signinId));
  }
  return { body: userBody(user, call) };
}

const OWN_NAMES: Parameters = {
  username: { description: 'Of the user.', rules: [] },
  email: { description: 'Of the user.', rules: [] },
  password: newPasswordParameter,
};

/** Checks the password against the user's own names, which are known only now. @throws ApiError `validation_error` */
function assertUnlike({ username, email }: AppUser, password: string): void {
  validate(OWN_NAMES, { username, email, password });
}
