/** Where a vendor's app runs, named as the external_login contract names it. `development:sandbox` is one string. */
export const ENVIRONMENTS = ['localhost', 'development:sandbox', 'production'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** Two separate worlds: each has its own issuer, signing keys, cookies, sessions and rows, and nothing of one works in the other. */
export const REALMS = ['production', 'sandbox'] as const;
export type Realm = (typeof REALMS)[number];

/** `localhost` and `development:sandbox` are for test people, so they belong to the sandbox realm. */
export function realmOf(environment: Environment): Realm {
  return environment === 'production' ? 'production' : 'sandbox';
}

/** The issuer identifier of a realm. @param publicUrl the platform's origin, without a trailing slash */
export function issuerOf(publicUrl: string, realm: Realm): string {
  return realm === 'production' ? publicUrl : `${publicUrl}/sandbox`;
}
