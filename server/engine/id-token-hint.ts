import { compactVerify, createLocalJWKSet, errors, type JWK, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

/** What a vendor shows to say whom it means: an ID token that it was given once. */
export type IdTokenHint =
  | { outcome: 'valid'; clientId: string; userId: string; sid?: string | undefined }
  /** Signed by a key that is no longer published, or never was: it says nothing, which is not the vendor's fault. */
  | { outcome: 'unknown_key' }
  | { outcome: 'invalid'; reason: string };

/** Those that ID tokens of ours may have; never `none`, nor a secret's. */
const ALGORITHMS = ['ES256', 'RS256', 'EdDSA'];
/** A credential with every claim stays below 4 KB. */
const MAX_LENGTH = 16_384;
const claimsSchema = z.object({ iss: z.string(), aud: z.string(), sub: z.string(), sid: z.string().optional() });

/** Reads ID token hints of one realm (OpenID Connect Core 1.0 section 3.1.2.1). They may have expired, as the sign-in to which they belong. */
export class IdTokenHints {
  readonly #issuer: string;
  #keys: JWTVerifyGetKey;

  /** @param keys the realm's published JWKs */
  constructor(issuer: string, keys: readonly JWK[]) {
    this.#issuer = issuer;
    this.#keys = publicKeysOf(keys);
  }

  useKeys(keys: readonly JWK[]): void {
    this.#keys = publicKeysOf(keys);
  }

  async read(token: string): Promise<IdTokenHint> {
    if (token.length > MAX_LENGTH) return { outcome: 'invalid', reason: 'it is too long for an ID token' };
    try {
      const { payload, protectedHeader } = await compactVerify(token, this.#keys, { algorithms: ALGORITHMS });
      // An access token or a logout token is none (RFC 8725 section 3.11).
      if ((protectedHeader.typ ?? 'JWT').toUpperCase() !== 'JWT') {
        return { outcome: 'invalid', reason: 'it is another kind of token' };
      }
      const claims = claimsSchema.parse(JSON.parse(new TextDecoder().decode(payload)));
      if (claims.iss !== this.#issuer) return { outcome: 'invalid', reason: 'it is of another issuer' };
      return { outcome: 'valid', clientId: claims.aud, userId: claims.sub, sid: claims.sid };
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) return { outcome: 'unknown_key' };
      return { outcome: 'invalid', reason: 'it is not an ID token of this issuer, or was changed' };
    }
  }
}

function publicKeysOf(keys: readonly JWK[]): JWTVerifyGetKey {
  return createLocalJWKSet({ keys: keys.map(({ d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...key }) => key) });
}
