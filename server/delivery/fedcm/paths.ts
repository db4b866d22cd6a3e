/** Addresses of FedCM, below PUBLIC_URL. The first is the specification's own. */
export const FEDCM_PATHS = {
  wellKnown: '/.well-known/web-identity',
  config: '/fedcm/config.json',
  accounts: '/fedcm/accounts',
  clientMetadata: '/fedcm/client-metadata',
  assertion: '/fedcm/assertion',
  disconnect: '/fedcm/disconnect',
  /** A page of the portal: people who are not signed in are asked to sign in first. */
  login: '/account/fedcm',
} as const;
