import type { ApiRoute } from '../route.ts';
import { findUser } from './find-user.ts';
import { conditional } from './representation.ts';
import { USER_SCHEMA } from './user-body.ts';

export const getUser: ApiRoute = {
  method: 'GET',
  path: '/users/:id',
  operation: 'getUser',
  summary: 'Read one user',
  description: 'Answers 304 when If-None-Match contains the current ETag.',
  rights: 'read',
  answer: { description: 'The user.', schema: USER_SCHEMA },
  errors: { 404: ['not_found'] },
  handle: async (call) => conditional(call, await findUser(call)),
};
