import { notFound } from '../api-error.ts';
import type { ApiRoute } from '../route.ts';
import { disclosedBody } from '../users/representation.ts';
import { USER_SCHEMA } from '../users/user-body.ts';
import { idParameter } from './parameters.ts';

export const signOut: ApiRoute = {
  method: 'POST',
  path: '/auth/signout',
  operation: 'signOut',
  summary: 'Sign a user out',
  description: 'Unused sign-in tokens of the user stop working. Your app ends its own session itself.',
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
