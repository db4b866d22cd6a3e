import { emailKey } from '#storage/accounts.ts';
import { ApiError } from '../api-error.ts';
import type { ApiAnswer, ApiCall, ApiRoute } from '../route.ts';
import { issueSigninToken, SIGNIN_TOKEN_LIFETIME_SECONDS } from '../tokens/signin-token.ts';
import { USER_SCHEMA, userBody } from '../users/user-body.ts';
import type { JsonSchema } from '../validation/json-schema.ts';
import { checkAttempt } from './attempts.ts';
import { givenPasswordParameter, signinIdParameter } from './parameters.ts';

const SIGNED_IN_SCHEMA: JsonSchema = {
  ...USER_SCHEMA,
  properties: {
    ...(USER_SCHEMA['properties'] as Record<string, JsonSchema>),
    token: { type: 'string', description: 'Only with `create_token`.' },
  },
};

export const signIn: ApiRoute = {
  method: 'POST',
  path: '/auth/signin',
  operation: 'signIn',
  summary: 'Sign a user in with a password',
  description:
    'For users that you created. Users who came through the popup sign in there and have no password here. ' +
    'The answer is the same for an unknown user, an inactive user and a wrong password.',
  rights: 'write',
  parameters: {
    signin_id: signinIdParameter,
    password: givenPasswordParameter,
    create_token: {
      description:
        'Adds a `token` to the answer, with which another part of your app can read the user once, within ' +
        `${SIGNIN_TOKEN_LIFETIME_SECONDS / 60} minutes (\`GET /tokens/:id\`).`,
      type: 'boolean',
      rules: [],
      example: true,
    },
  },
  answer: {
    description: 'The user, with the new `last_signin`.',
    schema: SIGNED_IN_SCHEMA,
  },
  errors: { 400: ['invalid_credentials'], 429: ['too_many_attempts'] },
  handle,
};

async function handle(call: ApiCall): Promise<ApiAnswer> {
  const signinId = emailKey(String(call.body['signin_id']));
  const attempt = { act: 'sign-in', subject: signinId, password: String(call.body['password']) } as const;
  // Usernames cannot contain @, so one query is enough.
  const user = await checkAttempt(call, attempt, () =>
    signinId.includes('@') ? call.users.findByEmail(signinId) : call.users.findByUsername(signinId),
  );
  if (!user) throw invalidCredentials();

  const signedIn = await call.users.update(user.id, { lastSigninAt: new Date() });
  if (!signedIn) throw invalidCredentials();
  if (call.body['create_token'] !== true) return { body: userBody(signedIn, call) };
  return {
    body: { ...userBody(signedIn, call), token: await issueSigninToken(call, signedIn) },
    headers: { 'cache-control': 'no-store' },
  };
}

function invalidCredentials(): ApiError {
  return new ApiError(
    400,
    'invalid_credentials',
    'The signin_id or the password is wrong. Ask the user to try again or to choose a new password.',
  );
}
