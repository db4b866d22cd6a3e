import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CompactSign, exportJWK, generateKeyPair, type JWTHeaderParameters } from 'jose';

/** How a {@link LyingLogin} signs. `none`: not at all. `secret`, `public`: HMAC with the client's secret, or with its own public key as one. */
export type Signing = 'honest' | 'stranger' | 'none' | 'secret' | 'public';

export interface Lie {
  /** Claims of the ID token that replace the honest ones; undefined leaves one out. */
  claims?: Record<string, unknown>;
  signing?: Signing;
  /** What its UserInfo endpoint says. */
  userInfo?: Record<string, unknown>;
  /** The whole answer of its token endpoint. */
  tokenResponse?: (idToken: string) => { status?: number; type?: string; body: string };
}

/** Somebody else's login that does not keep to OpenID Connect: it says of itself and of people whatever the test wants. */
export class LyingLogin {
  readonly issuer: string;
  readonly clientId: string;
  readonly #server: Server;
  readonly #keys: { own: CryptoKeyPair; stranger: CryptoKeyPair };
  /** What it says of itself beside, or instead of, the truth. */
  metadata: Record<string, unknown> = {};
  lie: Lie = {};
  /** Of the attempt that is under way. */
  nonce = '';

  private constructor(server: Server, clientId: string, keys: { own: CryptoKeyPair; stranger: CryptoKeyPair }) {
    const { port } = server.address() as AddressInfo;
    this.issuer = `http://127.0.0.1:${port}`;
    this.clientId = clientId;
    this.#server = server;
    this.#keys = keys;
  }

  static async start(clientId: string): Promise<LyingLogin> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const keys = { own: await generateKeyPair('RS256'), stranger: await generateKeyPair('RS256') };
    const login = new LyingLogin(server, clientId, keys);
    server.on('request', (request, response) => {
      void login.#answer(request, response).catch((error) => response.writeHead(500).end(String(error)));
    });
    return login;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer({ url }: IncomingMessage, response: ServerResponse): Promise<void> {
    const json = (body: unknown) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    switch (new URL(url ?? '/', this.issuer).pathname) {
      case '/.well-known/openid-configuration':
        return void json({
          issuer: this.issuer,
          authorization_endpoint: `${this.issuer}/auth`,
          token_endpoint: `${this.issuer}/token`,
          userinfo_endpoint: `${this.issuer}/me`,
          jwks_uri: `${this.issuer}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
          ...this.metadata,
        });
      case '/jwks':
        return void json({ keys: [{ ...(await exportJWK(this.#keys.own.publicKey)), kid: 'own', use: 'sig' }] });
      case '/me':
        return void json(this.lie.userInfo ?? { sub: this.lie.claims?.['sub'] ?? 'liar-1' });
      case '/token':
        return this.#sendTokens(response);
      default:
        response.writeHead(404).end();
    }
  }

  async #sendTokens(response: ServerResponse): Promise<void> {
    const idToken = await this.#idToken();
    const honest = { access_token: 'access', token_type: 'Bearer', expires_in: 60, id_token: idToken };
    const {
      status = 200,
      type = 'application/json',
      body,
    } = this.lie.tokenResponse?.(idToken) ?? {
      body: JSON.stringify(honest),
    };
    response.writeHead(status, { 'content-type': type }).end(body);
  }

  async #idToken(): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const honest = { iss: this.issuer, sub: 'liar-1', aud: this.clientId, iat: now, exp: now + 60, nonce: this.nonce };
    const claims = JSON.stringify({ ...honest, ...this.lie.claims });
    const { signing = 'honest' } = this.lie;
    const encode = (text: string) => Buffer.from(text).toString('base64url');
    if (signing === 'none') return `${encode('{"alg":"none"}')}.${encode(claims)}.`;
    const { key, header } = await this.#keyFor(signing);
    return new CompactSign(Buffer.from(claims)).setProtectedHeader(header).sign(key);
  }

  async #keyFor(signing: Signing): Promise<{ key: CryptoKey | Uint8Array; header: JWTHeaderParameters }> {
    const { own, stranger } = this.#keys;
    switch (signing) {
      case 'secret':
        return { key: Buffer.from('x'.repeat(32)), header: { alg: 'HS256' } };
      case 'public':
        return {
          key: Buffer.from(JSON.stringify(await exportJWK(own.publicKey))),
          header: { alg: 'HS256', kid: 'own' },
        };
      case 'stranger':
        return { key: stranger.privateKey, header: { alg: 'RS256', kid: 'own' } };
      default:
        return { key: own.privateKey, header: { alg: 'RS256', kid: 'own' } };
    }
  }
}
