import { ApiError } from '../api-error.ts';
import type { ApiRoute } from '../route.ts';
import { disclosedBody } from '../users/representation.ts';
import { USER_SCHEMA } from '../users/user-body.ts';
import { redeemSigninToken, SIGNIN_TOKEN_LIFETIME_SECONDS } from './signin-token.ts';

export const getToken: ApiRoute = {
  method: 'GET',
  path: '/tokens/:id',
  operation: 'getToken',
  summary: 'Read who signed in, once',
  description:
    `Takes the \`token\` of \`/auth/signin\`. It works once, within ${SIGNIN_TOKEN_LIFETIME_SECONDS / 60} minutes, ` +
    'so a read-only key may not use it.',
  // Reading uses the token up, which a read-only key may not.
  rights: 'write',
  answer: {
    description: 'The user who signed in.',
    schema: {
      type: 'object',
      required: ['type', 'data'],
      properties: { type: { const: 'signin' }, data: USER_SCHEMA },
    },
  },
  errors: { 404: ['not_found'] },
  handle: async (call) => {
    // HEAD would consume the token without returning the user.
    if (call.request.method === 'HEAD') {
      throw new ApiError(405, 'method_not_allowed', 'This URL accepts only GET.', { headers: { allow: 'GET' } });
    }
    const user = await redeemSigninToken(call, call.params['id'] ?? '');
    if (!user)
      throw new ApiError(404, 'not_found', 'The token is unknown, used or expired. Let the user sign in again.');
    return { body: { type: 'signin', data: disclosedBody(call, user) }, headers: { 'cache-control': 'no-store' } };
  },
};
