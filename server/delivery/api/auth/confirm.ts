import { notFound } from '../api-error.ts';
import type { ApiRoute } from '../route.ts';
import { checkAttempt } from './attempts.ts';
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
    const attempt = { act: 'confirm', subject: user.id, password: String(call.body['password']) } as const;
    const confirmed = (await checkAttempt(call, attempt, async () => user)) !== undefined;
    return { body: { confirmed } };
  },
};
