import type { UserClaims } from './claims.ts';
import type { Environment } from './environment.ts';

/** The JWS algorithm of every credential that the element gets. It refuses anything else (RFC 8725 section 3.1). */
export const CREDENTIAL_ALG = 'ES256';

/**
 * How the ID tokens of an app may be signed that its backend redeems a code for (RFC 7518 section 3.1, RFC 8037 section 3.1). ES256 is the
 * first, because it is what signs everything else.
 */
export const ID_TOKEN_ALGS = [CREDENTIAL_ALG, 'RS256', 'EdDSA'] as const;
export type IdTokenAlg = (typeof ID_TOKEN_ALGS)[number];
/** Of an app that does not choose: what every client expects that is told nothing (OpenID Connect Core 1.0 section 3.1.3.7). */
export const DEFAULT_ID_TOKEN_ALG: IdTokenAlg = 'RS256';

/**
 * How long a credential may be used after it was issued, in seconds. An hour by default, as Google's: whoever has agreed to share may take
 * long over the rest of the form. An app may choose less.
 */
export const CREDENTIAL_LIFETIME = { default: 3600, min: 300, max: 3600 } as const;
/** How long an authorization code may be redeemed after it was issued, in seconds. */
export const CODE_LIFETIME_SECONDS = 60;

/** The payload of a credential: an OpenID Connect ID token. Times are seconds since the epoch. */
export interface CredentialPayload extends UserClaims {
  /** The realm's issuer identifier. */
  iss: string;
  /** The client_id of the app's environment. */
  aud: string;
  /** The user id. It is pairwise, so every environment sees another one. Key users on `iss` + `sub`, never on the email address. */
  sub: string;
  nonce: string;
  iat: number;
  exp: number;
  jti: string;
  environment: Environment;
  /** True the first time this app receives a credential for this person. */
  is_new_user: boolean;
}
