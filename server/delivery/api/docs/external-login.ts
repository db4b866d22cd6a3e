import { ENVIRONMENTS } from '@signup-with-platform/protocol';
import { FORM_TYPE, JSON_TYPE, type Operation, type OperationAnswer } from './operation.ts';
import { EXTERNAL_LOGIN_ERROR_SCHEMA } from './schemas.ts';

/** Values in the format of real ones, which belong to no app. */
const EXAMPLE = {
  client_id: 'cOaWg1cFuBK7ytOOdnSjxf536R1ANIA3',
  client_secret: 'gGQlhpSl5Rpanz0mXo2fWq8TtYk4NbVc1eHdLsPu',
  environment: 'localhost',
};

const TOKEN_EXAMPLE =
  'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6IjEifQ.eyJjbGllbnRfaWQiOiJjT2FXZzFjIn0.MEUCIQDx5v0m3l3Q1w2kZr8sYp4';

const text = { type: 'string', minLength: 1 };
const fail = (status: number, data: Readonly<Record<string, unknown>>) => ({ code: status, message: 'fail', data });
const MISSING = ['This field is missing.'];
const BLANK = ['This value should not be blank.'];
const WRONG_TYPE = ['This value should be of type string.'];

/** The login with which a backend gets a bearer token. */
export const EXTERNAL_LOGIN: Operation = {
  method: 'POST',
  path: '/custom_api/external_login',
  operation: 'externalLogin',
  group: 'Machine login',
  summary: 'Log in with client_id and client_secret',
  description:
    'Returns a token for `Authorization: Bearer`, valid for one hour: an RFC 9068 access token signed with ES256. ' +
    'Other fields are ignored. `environment` is checked only when the other two fields are well-formed. ' +
    'Pages on the app’s own origins may call it in `localhost` and `development:sandbox`. In `production` no page may, ' +
    'because a page cannot keep a secret.',
  security: 'none',
  parameters: [],
  body: {
    contentTypes: [JSON_TYPE, FORM_TYPE, 'multipart/form-data'],
    schema: {
      type: 'object',
      required: ['client_id', 'client_secret', 'environment'],
      properties: {
        client_id: { ...text, description: 'The public id of the app in this environment: 32 letters and digits.' },
        client_secret: { ...text, description: 'Its secret, from the portal.' },
        environment: { type: 'string', enum: ENVIRONMENTS, description: 'The environment of the id and the secret.' },
      },
    },
    examples: { example: EXAMPLE },
  },
  answers: [
    {
      status: 200,
      description: 'The token.',
      headers: [],
      content: {
        [JSON_TYPE]: {
          schema: {
            type: 'object',
            required: ['code', 'message', 'data'],
            properties: {
              code: { type: 'integer', const: 200 },
              message: { type: 'string', const: 'success' },
              data: {
                type: 'object',
                required: ['token'],
                properties: { token: { type: 'string', pattern: '^[\\w-]+\\.[\\w-]+\\.[\\w-]+$' } },
                additionalProperties: false,
              },
            },
            additionalProperties: false,
          },
          examples: { example: { code: 200, message: 'success', data: { token: TOKEN_EXAMPLE } } },
        },
      },
    },
    refusal(400, 'The body does not parse.', {
      example: { error: 'The body is not JSON: look at line 3, column 18.' },
    }),
    refusal(401, 'A field is wrong, missing, blank or not a string, or the app is disabled.', {
      'wrong pair': { error: 'Invalid client_id or client_secret' },
      'missing both': { '[client_secret]': MISSING, '[client_id]': MISSING },
      'blank secret': { '[client_secret]': BLANK },
      'no string': { '[client_id]': WRONG_TYPE },
      environment: { '[environment]': ['The value you selected is not a valid choice.'] },
      'disabled app': { error: 'This app is disabled' },
    }),
    refusal(413, 'The body is larger than 16 KB.', { example: { error: 'The body is larger than 16 KB.' } }),
    refusal(415, 'The body is neither JSON nor a form.', {
      example: {
        error:
          'Send one of these types, and name it in Content-Type: application/json, application/x-www-form-urlencoded, multipart/form-data.',
      },
    }),
    refusal(
      429,
      'There were too many failed logins for this client_id or network address.',
      { example: { error: 'Too many failed logins. Check the credentials and try again in 30 seconds.' } },
      ['Retry-After'],
    ),
    refusal(500, 'An error occurred on the platform.', {
      example: {
        error:
          'Something failed on our side. If it happens again, tell us the request id 4f9d0c1e-8a55-4d0e-9c58-0f4a3c1f8e21.',
      },
    }),
  ],
};

function refusal(
  status: number,
  description: string,
  data: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  headers: readonly string[] = [],
): OperationAnswer {
  return {
    status,
    description,
    headers,
    content: {
      [JSON_TYPE]: {
        schema: EXTERNAL_LOGIN_ERROR_SCHEMA,
        examples: Object.fromEntries(Object.entries(data).map(([name, value]) => [name, fail(status, value)])),
      },
    },
  };
}
