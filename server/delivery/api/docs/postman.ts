import { FORM_TYPE, type Operation } from './operation.ts';
import type { PostmanItem, PostmanRequest } from './postman-format.ts';
import { OPENID_REQUESTS } from './postman-openid.ts';

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/** What the requests are filled in with. The secrets are empty: whoever imports the collection sets them. */
const VARIABLES: readonly (readonly [key: string, value: string, description: string])[] = [
  ['secretKey', '', 'An API key: sk_test_… or sk_live_…'],
  ['clientId', '', 'The public id of an environment of your app.'],
  ['clientSecret', '', 'Its secret.'],
  ['environment', 'localhost', 'localhost, development:sandbox or production.'],
  ['token', '', 'Set by "Log in with client_id and client_secret".'],
  ['userId', '', 'The sub of a credential. "Create a user" sets it to the new user.'],
  ['redirectUri', 'https://shop.example/callback', 'A registered redirect URI.'],
  ['code', '', 'An authorization code, which works once, for a minute.'],
  ['codeVerifier', '', 'The PKCE verifier, if the code was requested with a challenge.'],
  ['accessToken', '', 'What a code was redeemed for.'],
  ['refreshToken', '', 'The same, with the scope offline_access.'],
  ['deviceCode', '', 'What "Begin sign-in on a device" answers.'],
];

/** What an answer leaves for further requests. Postman runs it, in its own sandbox. */
const KEPT: Readonly<Record<string, string>> = {
  externalLogin: "pm.collectionVariables.set('token', pm.response.json().data.token);",
  createUser: "pm.collectionVariables.set('userId', pm.response.json().id);",
};

/** Makes a Postman collection (v2.1) of the calls of which `/openapi.json` is made, and of the OpenID Connect endpoints. */
export function postmanCollection(
  operations: readonly Operation[],
  { name, publicUrl }: { name: string; publicUrl: string },
): Readonly<Record<string, unknown>> {
  const groups = [...new Set(operations.map(({ group }) => group))];
  const variables = [
    ['platform', publicUrl, 'The address of the platform.'] as const,
    ['issuer', `${publicUrl}/sandbox`, `In production: ${publicUrl}`] as const,
    ...VARIABLES,
  ];
  return {
    info: {
      name: `${name} API`,
      description: `Set the variables of the collection first. Documentation: ${publicUrl}/docs`,
      schema: SCHEMA,
    },
    auth: apiKeyAuth(),
    variable: variables.map(([key, value, description]) => ({ key, value, type: 'string', description })),
    item: [
      ...groups.map((group) => ({
        name: group,
        item: operations.filter((operation) => operation.group === group).map(itemOf),
      })),
      { name: 'OpenID Connect', item: OPENID_REQUESTS },
    ],
  };
}

const apiKeyAuth = () => ({
  type: 'apikey',
  apikey: [
    { key: 'key', value: 'X-Api-Key', type: 'string' },
    { key: 'value', value: '{{secretKey}}', type: 'string' },
    { key: 'in', value: 'header', type: 'string' },
  ],
});

function itemOf(operation: Operation): PostmanItem {
  const request: PostmanRequest = {
    ...(operation.security === 'none' && { auth: { type: 'noauth' } }),
    method: operation.method,
    description: operation.description ?? operation.summary,
    header: headersOf(operation),
    url: urlOf(operation),
    ...bodyOf(operation),
  };
  const kept = KEPT[operation.operation];
  return {
    name: operation.summary,
    request,
    response: [],
    ...(kept && { event: [{ listen: 'test', script: scriptOf(`if (pm.response.code === 200) ${kept}`) }] }),
  };
}

const scriptOf = (line: string) => ({ type: 'text/javascript', exec: [line] });

function headersOf({ parameters, body, operation }: Operation): PostmanRequest['header'] {
  const optional = parameters
    .filter((parameter) => parameter.in === 'header')
    .map(({ name, description }) => {
      // Only this one is good without being thought about: another one in each request.
      const value = name === 'Idempotency-Key' ? '{{$guid}}' : '';
      return { key: name, value, description, disabled: value === '' };
    });
  const isForm = operation === 'externalLogin';
  return [...(body && !isForm ? [{ key: 'Content-Type', value: 'application/json' }] : []), ...optional];
}

function urlOf({ path, parameters }: Operation): PostmanRequest['url'] {
  const segments = path
    .slice(1)
    .replaceAll(/\{(\w+)\}/g, ':$1')
    .split('/');
  const query = parameters
    .filter((parameter) => parameter.in === 'query')
    .map(({ name, description }) => ({ key: name, value: '', description, disabled: true }));
  const variable = parameters
    .filter((parameter) => parameter.in === 'path')
    .map(({ name, description }) => ({
      key: name,
      value: path.startsWith('/1/users/') ? '{{userId}}' : '',
      description,
    }));
  return {
    raw: `{{platform}}/${segments.join('/')}`,
    host: ['{{platform}}'],
    path: segments,
    ...(query.length > 0 && { query }),
    ...(variable.length > 0 && { variable }),
  };
}

function bodyOf({ body, operation }: Operation): Pick<PostmanRequest, 'body'> {
  if (!body) return {};
  if (operation === 'externalLogin') {
    const fields = [
      ['client_id', '{{clientId}}'],
      ['client_secret', '{{clientSecret}}'],
      ['environment', '{{environment}}'],
    ] as const;
    return { body: { mode: 'urlencoded', urlencoded: fields.map(([key, value]) => ({ key, value, type: 'text' })) } };
  }
  const [example] = Object.values(body.examples);
  const language = body.contentTypes[0] === FORM_TYPE ? 'text' : 'json';
  return { body: { mode: 'raw', raw: JSON.stringify(example ?? {}, null, 2), options: { raw: { language } } } };
}
