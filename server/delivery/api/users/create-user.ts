import { z } from 'zod';
import { hashPassword } from '#domain/accounts/passwords.ts';
import type { NewAppUser } from '#storage/app-users.ts';
import { ApiError } from '../api-error.ts';
import { admitMail } from '../auth/admit-mail.ts';
import { payerOf } from '../auth/payer.ts';
import { parseVerifyUrl, sendVerification } from '../auth/verification.ts';
import type { ApiCall, ApiRoute } from '../route.ts';
import type { Values } from '../validation/parameters.ts';
import { CREATE_PARAMETERS } from './parameters.ts';
import { refusingTaken } from './taken.ts';
import { USER_SCHEMA, userBody } from './user-body.ts';

const flag = z.enum(['true', 'false', '1', '0'], 'is true or false');
const query = z.object({
  verify_user: flag.optional().describe('Whether the address must be confirmed by a mailed link. Default `false`.'),
  send_email: flag
    .optional()
    .describe('With `false`, no mail is sent even if the address must be confirmed. Default `true`.'),
  verify_url: z
    .string('is given once')
    .optional()
    .describe(
      'Your page to which the mail links, with a `code` in the query. It must be on an origin of this environment.',
    ),
});

const isOn = (value: unknown, otherwise: boolean) =>
  value === undefined ? otherwise : value === 'true' || value === '1';

export const createUser: ApiRoute = {
  method: 'POST',
  path: '/users',
  operation: 'createUser',
  summary: 'Create a user',
  description:
    'The user belongs to this environment only. It is separate from an account of the platform with the same email address.',
  rights: 'write',
  parameters: CREATE_PARAMETERS,
  elsewhere: {
    roles: 'Set the roles of the new user with PUT /users/:id.',
    is_active: 'Deactivate the new user with PUT /users/:id.',
  },
  query,
  idempotent: true,
  answer: { description: 'The new user.', schema: USER_SCHEMA },
  errors: { 400: ['email_taken', 'username_taken', 'verify_url_not_allowed'], 429: ['too_many_mails'] },
  handle: async (call) => {
    const verifyUrl = await wantedLink(call);
    const { email, password, username, first_name: firstName, last_name: lastName } = call.body as CreateBody;
    const given: NewAppUser = {
      email,
      passwordHash: await hashPassword(password, payerOf(call)),
      ...(username !== undefined && { username }),
      ...(firstName !== undefined && { firstName }),
      ...(lastName !== undefined && { lastName }),
    };
    if (verifyUrl === undefined) return { body: userBody(await refusingTaken(() => call.users.create(given)), call) };
    const postage = await admitMail(call, email);
    try {
      const user = await refusingTaken(() => call.users.create(given));
      await sendVerification(call, { ...user, email }, verifyUrl, postage);
      return { body: userBody(user, call) };
    } catch (error) {
      await postage.giveBack();
      throw error;
    }
  },
};

/** The body after validation by {@link CREATE_PARAMETERS}. */
type CreateBody = Values & {
  email: string;
  password: string;
  username?: string;
  first_name?: string;
  last_name?: string;
};

/** The page for the mail's link; undefined when no mail is wanted. Checked before anything is written. */
async function wantedLink(call: ApiCall): Promise<string | undefined> {
  const { verify_user: verify, send_email: send, verify_url: url } = call.query;
  if (url !== undefined && verify === undefined) {
    throw new ApiError(
      400,
      'invalid_request',
      'verify_url has no effect alone. Add verify_user=true, or leave it out.',
    );
  }
  return isOn(verify, false) && isOn(send, true) ? parseVerifyUrl(call, url) : undefined;
}
