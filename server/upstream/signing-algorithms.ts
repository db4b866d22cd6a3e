/**
 * How an upstream may sign what it says. With a key that everybody may know, and never by a secret: a public key would pass for one (RFC 8725
 * section 3.1).
 */
export const SIGNING_ALGORITHMS = [
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
];
