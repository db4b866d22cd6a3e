/** Paths below the issuer that the engine answers. */
export const PROVIDER_ROUTES = {
  authorization: '/authorize',
  token: '/token',
  jwks: '/jwks',
  userinfo: '/userinfo',
  revocation: '/revoke',
} as const;

/** Marks a request whose first page is wanted in its own response; set by delivery/popup/entry.ts. */
export const FIRST_PAGE_IN_PLACE = Symbol('first page in place');
