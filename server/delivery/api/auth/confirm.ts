import { notFound } from '../api-error.ts';
import type { ApiRoute } from '../route.ts';
import { countAttempt, forgetAttempts } from './attempts.ts';
import { checkPassword } from './check-password.ts';
import { givenPasswordParameter, idParameter } from './parameters.ts';

export const confirmPassword: ApiRoute = {
  method: 'POST',
  path: '/auth/confirm',
  operation: 'confirm',
  summary: 'Ask a signed-in user for the password again',
  description:
    'Use it before a sensitive change. Users who came through the popup, and inactive users, are never confirmed.',
  rights: 'write',
  parameters: { id: idParameter, password: givenPasswordParameter },
  answer: {
    description: 'Whether the password is correct.',
    schema: { type: 'object', required: ['confirmed'], properties: { confirmed: { type: 'boolean' } } },
  },
  errors: { 404: ['not_found'], 429: ['too_many_attempts'] },
  handle: async (call) => {
    const user = await call.users.find(String(call.body['id']));
    if (!user) throw notFound();
    await countAttempt(call, 'apiConfirm', user.id);
    const confirmed = await checkPassword(user, String(call.body['password']));
    if (confirmed) await forgetAttempts(call, 'apiConfirm', user.id);
    return { body: { confirmed } };
  },
};
