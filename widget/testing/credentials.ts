import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export const PLATFORM = 'https://platform.example';
export const CLIENT_ID = 'abcdefghijklmnopqrstuvwxyz012345';
export const NONCE = 'nonce-of-the-backend';

export interface CredentialSpec {
  /** Merged into correct claims. `undefined` removes a claim. */
  claims?: JWTPayload;
  issuedAtSeconds?: number;
  /** Another key pair, under the same key id. */
  forged?: boolean;
  kid?: string;
}

/** A platform that signs with real ES256 keys, and answers `/jwks` in place of the network. */
export class TestIssuer {
  static async create(): Promise<TestIssuer> {
    const [real, other] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
    return new TestIssuer(real, other, await exportJWK(real.publicKey));
  }

  readonly #real: CryptoKeyPair;
  readonly #other: CryptoKeyPair;
  readonly #jwk: object;
  readonly fetched: string[] = [];
  /** Published beside its own. */
  moreKeys: object[] = [];
  /** Status of `/jwks`; 0 for a network that is down. */
  jwksStatus = 200;

  private constructor(real: CryptoKeyPair, other: CryptoKeyPair, jwk: object) {
    this.#real = real;
    this.#other = other;
    this.#jwk = { ...jwk, kid: 'key-1', alg: 'ES256', use: 'sig' };
  }

  readonly fetch: typeof globalThis.fetch = async (input) => {
    const url = String(input);
    this.fetched.push(url);
    if (!this.jwksStatus) throw new TypeError('Failed to fetch');
    return Response.json({ keys: [this.#jwk, ...this.moreKeys] }, { status: this.jwksStatus });
  };

  sign({ claims = {}, issuedAtSeconds, forged = false, kid = 'key-1' }: CredentialSpec = {}): Promise<string> {
    const iat = issuedAtSeconds ?? Math.floor(Date.now() / 1000);
    return new SignJWT({
      iss: PLATFORM,
      aud: CLIENT_ID,
      sub: 'user-of-this-shop',
      nonce: NONCE,
      jti: 'credential-1',
      environment: 'production',
      is_new_user: true,
      iat,
      exp: iat + 300,
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', kid, typ: 'JWT' })
      .sign((forged ? this.#other : this.#real).privateKey);
  }
}
