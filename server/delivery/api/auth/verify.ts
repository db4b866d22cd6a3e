import type { ApiRoute } from '../route.ts';
import { USER_SCHEMA, userBody } from '../users/user-body.ts';
import { codeParameter } from './parameters.ts';
import { invalidCode, openCode } from './user-code.ts';

export const verifyEmail: ApiRoute = {
  method: 'POST',
  path: '/auth/verify',
  operation: 'verify',
  summary: 'Confirm an email address with a mailed code',
  description: 'A code works once, for 24 hours, and only while the user still has the address that it was mailed to.',
  rights: 'write',
  parameters: { code: codeParameter },
  answer: { description: 'The user, whose `is_email_verified` is now true.', schema: USER_SCHEMA },
  errors: { 400: ['invalid_code'] },
  handle: async (call) => {
    const code = await openCode(call, 'verify_email', String(call.body['code']));
    if (!code || !(await code.consume())) throw invalidCode();
    const user = await call.users.update(code.user.id, { emailVerified: true });
    if (!user) throw invalidCode();
    return { body: userBody(user, call) };
  },
};
