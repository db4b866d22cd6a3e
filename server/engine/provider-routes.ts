/** The engine's paths, below the issuer. */
export const PROVIDER_ROUTES = {
  authorization: '/authorize',
  token: '/token',
  jwks: '/jwks',
  userinfo: '/userinfo',
  revocation: '/revoke',
  pushed_authorization_request: '/par',
  device_authorization: '/device_authorization',
  code_verification: '/device',
} as const;

/** Where a vendor signs a person out (delivery/popup/logout/), below the issuer. It is ours, not the engine's. */
export const LOGOUT_ROUTE = '/logout';

/** The engine's names of the routes at which clients authenticate. */
export const AUTHENTICATING_ROUTES: ReadonlySet<unknown> = new Set([
  'token',
  'revocation',
  'pushed_authorization_request',
  'device_authorization',
]);

/** Marks a request that is answered with the first page itself, and not a redirect to it; set by mount.ts. */
export const FIRST_PAGE_IN_PLACE = Symbol('first page in place');
