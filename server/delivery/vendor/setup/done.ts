/** What has just been done: a parameter in the address of the page that follows. */
export const SETUP_DONE = [
  'origins_added',
  'origins_removed',
  'redirectUris_added',
  'redirectUris_removed',
  'postLogoutRedirectUris_added',
  'postLogoutRedirectUris_removed',
  'endpoint_saved',
  'endpoint_removed',
  'backchannel_saved',
  'backchannel_removed',
  'domain_proven',
] as const;
export type SetupDone = (typeof SETUP_DONE)[number];
