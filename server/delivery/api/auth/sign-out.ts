import { notFound } from '../api-error.ts';
import type { ApiRoute } from '../route.ts';
import { disclosedBody, USER_SCHEMA } from '../users/user-body.ts';
import { idParameter } from './parameters.ts';

export const signOut: ApiRoute = {
  method: 'POST',
  path: '/auth/signout',
  operation: 'signOut',
  summary: 'Sign a user out',
  description: 'Sign-in tokens that nobody has used yet stop working. Your own session is yours to end.',
  rights: 'write',
  parameters: { id: idParameter },
  answer: { description: 'The user.', schema: USER_SCHEMA },
  errors: { 404: ['not_found'] },
  handle: async (call) => {
    const user = await call.users.find(String(call.body['id']));
    if (!user) throw notFound();
    await call.codes.revoke('signin', user.id);
    return { body: disclosedBody(call, user) };
  },
};
