/** Addresses of FedCM, below PUBLIC_URL. The first is the specification's own. */
export const FEDCM_PATHS = {
  wellKnown: '/.well-known/web-identity',
  config: '/fedcm/config.json',
  accounts: '/fedcm/accounts',
  clientMetadata: '/fedcm/client-metadata',
  assertion: '/fedcm/assertion',
  disconnect: '/fedcm/disconnect',
  /** A page of the portal: whoever is not signed in signs in on the way to it. */
  login: '/account/fedcm',
} as const;
