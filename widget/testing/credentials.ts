import { CompactSign, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

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
  typ?: string | undefined;
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
  /** Of its own key. */
  changes: object = {};
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
    return Response.json({ keys: [{ ...this.#jwk, ...this.changes }, ...this.moreKeys] }, { status: this.jwksStatus });
  };

  /** Signs what is no credential. */
  signContent(content: string): Promise<string> {
    return new CompactSign(Uint8Array.from(content, (letter) => letter.charCodeAt(0)))
      .setProtectedHeader({ alg: 'ES256', kid: 'key-1' })
      .sign(this.#real.privateKey);
  }

  sign(spec: CredentialSpec = {}): Promise<string> {
    // What is given as undefined is left out.
    const { claims, issuedAtSeconds, forged, kid, typ } = { kid: 'key-1', typ: 'JWT', ...spec };
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
      .setProtectedHeader({ alg: 'ES256', ...(kid && { kid }), ...(typ && { typ }) })
      .sign((forged ? this.#other : this.#real).privateKey);
  }
}
