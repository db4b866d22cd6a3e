import { CREDENTIAL_ALG, ENVIRONMENTS, type Environment } from '@signup-with-platform/protocol';
import { createLocalJWKSet, importJWK, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { randomId } from '../storage/ids.ts';

/** RFC 9068 section 2.1. */
const TYPE = 'at+jwt';
export const ACCESS_TOKEN_LIFETIME_SECONDS = 3_600;
const CLOCK_TOLERANCE_SECONDS = 10;

export interface AccessTokenSubject {
  clientId: string;
  environment: Environment;
}

/** Mints and checks the JWTs with which a vendor's backend calls the user API (RFC 9068), for one realm. */
export class AccessTokens {
  readonly #issuer: string;
  readonly #audience: string;
  readonly #kid: string;
  readonly #privateKey: Awaited<ReturnType<typeof importJWK>>;
  readonly #publicKeys: ReturnType<typeof createLocalJWKSet>;

  private constructor(
    issuer: string,
    audience: string,
    kid: string,
    privateKey: Awaited<ReturnType<typeof importJWK>>,
    publicKeys: ReturnType<typeof createLocalJWKSet>,
  ) {
    this.#issuer = issuer;
    this.#audience = audience;
    this.#kid = kid;
    this.#privateKey = privateKey;
    this.#publicKeys = publicKeys;
  }

  /**
   * @param issuer of the realm
   * @param publicUrl the platform's origin
   * @param keys private JWKs of the realm, the active one first
   */
  static async create(issuer: string, publicUrl: string, keys: readonly JWK[]): Promise<AccessTokens> {
    const [active] = keys;
    if (!active?.kid) throw new TypeError('a realm has an active signing key');
    const publicKeys = keys.map(({ d: _private, ...key }) => key);
    return new AccessTokens(
      issuer,
      `${publicUrl}/1`,
      active.kid,
      await importJWK(active, CREDENTIAL_ALG),
      createLocalJWKSet({ keys: publicKeys }),
    );
  }

  mint({ clientId, environment }: AccessTokenSubject): Promise<string> {
    return new SignJWT({ client_id: clientId, environment, scope: 'users' })
      .setProtectedHeader({ alg: CREDENTIAL_ALG, typ: TYPE, kid: this.#kid })
      .setIssuer(this.#issuer)
      .setAudience(this.#audience)
      .setSubject(clientId)
      .setIssuedAt()
      .setExpirationTime(`${ACCESS_TOKEN_LIFETIME_SECONDS}s`)
      .setJti(randomId())
      .sign(this.#privateKey);
  }

  /** @returns undefined for a token that is malformed, expired, forged, of the other realm, or no access token */
  async verify(token: string): Promise<AccessTokenSubject | undefined> {
    try {
      const { payload } = await jwtVerify(token, this.#publicKeys, {
        issuer: this.#issuer,
        audience: this.#audience,
        typ: TYPE,
        algorithms: [CREDENTIAL_ALG],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['sub', 'exp', 'iat', 'jti'],
      });
      return subjectOf(payload);
    } catch {
      return undefined;
    }
  }
}

function subjectOf({ client_id: clientId, environment }: JWTPayload): AccessTokenSubject | undefined {
  const known = ENVIRONMENTS.find((name) => name === environment);
  return typeof clientId === 'string' && known ? { clientId, environment: known } : undefined;
}
