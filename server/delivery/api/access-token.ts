import { createPrivateKey, type KeyObject, randomUUID, sign } from 'node:crypto';
import { CREDENTIAL_ALG, ENVIRONMENTS, type Environment, issuerOf, realmOf } from '@signup-with-platform/protocol';
import { createLocalJWKSet, type JWK, type JWTPayload, jwtVerify } from 'jose';

/** RFC 9068 section 2.1. */
const TYPE = 'at+jwt';
export const ACCESS_TOKEN_LIFETIME_SECONDS = 3_600;
const CLOCK_TOLERANCE_SECONDS = 10;

export interface AccessTokenSubject {
  clientId: string;
  environment: Environment;
  /** Which of the client's secrets the token was made for, so that it ends with it. Absent in tokens of earlier versions. */
  secretMark?: string | undefined;
}

/** Values derived from a realm's signing keys, so that they change together. */
interface Keys {
  /** The encoded JOSE header, which is the same for every token. */
  header: string;
  privateKey: KeyObject;
  publicKeys: ReturnType<typeof createLocalJWKSet>;
}

/** Mints and checks the JWTs with which a vendor's backend calls the user API (RFC 9068), for one realm. */
export class AccessTokens {
  readonly #issuer: string;
  readonly #publicUrl: string;
  readonly #audience: string;
  #keys: Keys;

  private constructor(issuer: string, publicUrl: string, keys: Keys) {
    this.#issuer = issuer;
    this.#publicUrl = publicUrl;
    this.#audience = `${publicUrl}/1`;
    this.#keys = keys;
  }

  /**
   * @param issuer of the realm
   * @param publicUrl the platform's origin
   * @param keys private JWKs of the realm; of those of the algorithm, the one that signs first
   */
  static async create(issuer: string, publicUrl: string, keys: readonly JWK[]): Promise<AccessTokens> {
    return new AccessTokens(issuer, publicUrl, keysOf(keys));
  }

  /** From now on signs with the first of `keys` that is of the algorithm, and accepts tokens that any of those has signed. */
  useKeys(keys: readonly JWK[]): void {
    this.#keys = keysOf(keys);
  }

  /**
   * Mints a token that is valid for an hour. OpenSSL signs it in this thread, because a P-256 signature takes less time than the switch to
   * another thread that WebCrypto (and so jose) makes.
   */
  mint({ clientId, environment, secretMark }: AccessTokenSubject): string {
    const iat = Math.floor(Date.now() / 1000);
    const claims = base64url({
      iss: this.#issuer,
      aud: this.#audience,
      sub: clientId,
      client_id: clientId,
      environment,
      scope: 'users',
      iat,
      exp: iat + ACCESS_TOKEN_LIFETIME_SECONDS,
      // randomUUID draws from a buffer, which is several times faster than 16 random bytes on demand.
      // The mark is part of the id, because the contract lists the claims.
      jti: secretMark === undefined ? randomUUID() : `${randomUUID()}.${secretMark}`,
    });
    const { header, privateKey } = this.#keys;
    const signingInput = `${header}.${claims}`;
    // JWS needs R and S concatenated (RFC 7518 section 3.4), while OpenSSL's default is ASN.1.
    const signature = sign('sha256', Buffer.from(signingInput), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return `${signingInput}.${signature.toString('base64url')}`;
  }

  /** @returns undefined for a token that is malformed, expired, forged, of the other realm, or not an access token */
  async verify(token: string): Promise<AccessTokenSubject | undefined> {
    try {
      const { payload } = await jwtVerify(token, this.#keys.publicKeys, {
        issuer: this.#issuer,
        audience: this.#audience,
        typ: TYPE,
        algorithms: [CREDENTIAL_ALG],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['sub', 'exp', 'iat', 'jti'],
      });
      const subject = subjectOf(payload);
      // A realm's tokens count only for its own environments, whatever its keys have signed.
      return subject && issuerOf(this.#publicUrl, realmOf(subject.environment)) === this.#issuer ? subject : undefined;
    } catch {
      return undefined;
    }
  }
}

function keysOf(keys: readonly JWK[]): Keys {
  const own = keys.filter(({ alg }) => alg === CREDENTIAL_ALG);
  const [signing] = own;
  if (!signing?.kid) throw new TypeError('a realm needs a signing key');
  return {
    header: base64url({ alg: CREDENTIAL_ALG, typ: TYPE, kid: signing.kid }),
    privateKey: createPrivateKey({ key: signing, format: 'jwk' }),
    publicKeys: createLocalJWKSet({ keys: own.map(({ d: _private, ...key }) => key) }),
  };
}

function subjectOf({ client_id: clientId, environment, jti = '' }: JWTPayload): AccessTokenSubject | undefined {
  const known = ENVIRONMENTS.find((name) => name === environment);
  const [, secretMark] = jti.split('.');
  return typeof clientId === 'string' && known ? { clientId, environment: known, secretMark } : undefined;
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
