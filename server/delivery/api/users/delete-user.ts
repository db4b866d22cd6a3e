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
    'A user who came through the popup keeps the account; what was agreed to share with you ends, and with it every token. Coming back means agreeing again, as a new user.',
  rights: 'write',
  answer: { description: 'The user as it was.', schema: USER_SCHEMA },
  errors: { 404: ['not_found'], 412: ['precondition_failed'] },
  handle: async (call) => {
    const user = await findUser(call);
    assertMatches(call.request, user);
    await call.users.delete(user);
    return { body: userBody(user) };
  },
};
