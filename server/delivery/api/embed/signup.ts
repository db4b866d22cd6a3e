import { hashPassword } from '#domain/accounts/passwords.ts';
import { UserEmailTakenError, UsernameTakenError } from '#storage/app-users.ts';
import { payerOf } from '../auth/payer.ts';
import { answerOnce } from '../idempotency.ts';
import type { ApiAnswer } from '../route.ts';
import { EmbedError } from './embed-error.ts';
import { type EmbedCall, type EmbedRoute, embedUserBody } from './embed-route.ts';
import { isEmail, readNewUser } from './fields.ts';

/** Creates a user of the calling app. The user is separate from an account of the platform with the same address. */
export const signup: EmbedRoute = {
  path: '/signup',
  handle: (call) => {
    const fields = readNewUser(call.value);
    return answerOnce(call, () => createUser(call, fields));
  },
};

async function createUser(
  call: EmbedCall,
  { userName, password, firstName, lastName }: ReturnType<typeof readNewUser>,
): Promise<ApiAnswer> {
  const passwordHash = await hashPassword(password, payerOf(call));
  try {
    const user = await call.users.create({
      ...(isEmail(userName) ? { email: userName } : { username: userName }),
      passwordHash,
      ...(firstName && { firstName }),
      ...(lastName && { lastName }),
    });
    return { status: 201, body: embedUserBody(user) };
  } catch (error) {
    const taken = error instanceof UserEmailTakenError || error instanceof UsernameTakenError;
    throw taken ? new EmbedError('user_exists', {}, { cause: error }) : error;
  }
}
