import type { PostmanItem, PostmanRequest } from './postman-format.ts';

type Fields = Readonly<Record<string, string>>;

const NO_AUTH = { type: 'noauth' };
/** `client_secret_basic` (RFC 6749 section 2.3.1). */
const CLIENT_AUTH = {
  type: 'basic',
  basic: [
    { key: 'username', value: '{{clientId}}', type: 'string' },
    { key: 'password', value: '{{clientSecret}}', type: 'string' },
  ],
};
const BEARER_AUTH = { type: 'bearer', bearer: [{ key: 'token', value: '{{accessToken}}', type: 'string' }] };

/** The endpoints of discovery, in the order in which a client meets them. */
export const OPENID_REQUESTS: readonly PostmanItem[] = [
  get('Discovery', '.well-known/openid-configuration', NO_AUTH, 'Where everything else is.'),
  get('Keys', 'jwks', NO_AUTH, 'What credentials and ID tokens are verified by.'),
  get(
    'Authorize',
    'authorize',
    NO_AUTH,
    'Open this address in a browser, signed in or not: it leads to the redirect URI, with a code. Postman itself shows the page as text.',
    {
      response_type: 'code',
      client_id: '{{clientId}}',
      redirect_uri: '{{redirectUri}}',
      scope: 'openid profile email',
    },
  ),
  post('Push an authorization request', 'par', 'Pushed authorization requests (RFC 9126).', {
    response_type: 'code',
    client_id: '{{clientId}}',
    redirect_uri: '{{redirectUri}}',
    scope: 'openid profile email',
  }),
  post('Redeem a code', 'token', 'The code works once, for a minute.', {
    grant_type: 'authorization_code',
    code: '{{code}}',
    redirect_uri: '{{redirectUri}}',
    code_verifier: '{{codeVerifier}}',
  }),
  post('Refresh', 'token', 'With the scope offline_access, the code was redeemed for a refresh token.', {
    grant_type: 'refresh_token',
    refresh_token: '{{refreshToken}}',
  }),
  get('Userinfo', 'userinfo', BEARER_AUTH, 'What the person shares, by an access token.'),
  post('Revoke a token', 'revoke', 'RFC 7009.', { token: '{{accessToken}}' }),
  post('Begin sign-in on a device', 'device_authorization', 'RFC 8628, for apps that have it turned on.', {
    client_id: '{{clientId}}',
    scope: 'openid email',
  }),
  post('Ask for the device’s tokens', 'token', 'Every five seconds, until the person has answered.', {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    device_code: '{{deviceCode}}',
  }),
  get('Sign out', 'logout', NO_AUTH, 'Open this address in the person’s browser.', { client_id: '{{clientId}}' }),
];

function get(
  name: string,
  path: string,
  auth: PostmanRequest['auth'],
  description: string,
  query?: Fields,
): PostmanItem {
  const url = urlOf(path);
  const asked = query && { query: fieldsOf(query) };
  return itemOf(name, { auth: auth ?? NO_AUTH, method: 'GET', description, header: [], url: { ...url, ...asked } });
}

function post(name: string, path: string, description: string, fields: Fields): PostmanItem {
  const body = { mode: 'urlencoded', urlencoded: fieldsOf(fields) } as const;
  return itemOf(name, { auth: CLIENT_AUTH, method: 'POST', description, header: [], url: urlOf(path), body });
}

function itemOf(name: string, request: PostmanRequest): PostmanItem {
  return { name, request, response: [] };
}

function fieldsOf(fields: Fields): { key: string; value: string }[] {
  return Object.entries(fields).map(([key, value]) => ({ key, value }));
}

function urlOf(path: string): PostmanRequest['url'] {
  return { raw: `{{issuer}}/${path}`, host: ['{{issuer}}'], path: path.split('/') };
}
