import type { ApiRoute } from '../route.ts';
import { findUser } from './find-user.ts';
import { assertMatches } from './if-match.ts';
import { USER_SCHEMA, userBody } from './user-body.ts';

export const deleteUser: ApiRoute = {
  method: 'DELETE',
  path: '/users/:id',
  operation: 'deleteUser',
  summary: 'Delete a user',
  description:
    'A user who came through the popup keeps the account. The consent and all tokens end. ' +
    'A person who comes back must agree again, and is a new user.',
  rights: 'write',
  answer: { description: 'The user as it was.', schema: USER_SCHEMA },
  errors: { 404: ['not_found'], 412: ['precondition_failed'] },
  handle: async (call) => {
    const user = await findUser(call);
    assertMatches(call, user);
    await call.users.delete(user);
    return { body: userBody(user, call) };
  },
};
