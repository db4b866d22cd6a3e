import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CompactSign, exportJWK, generateKeyPair, type JWK, type JWTHeaderParameters } from 'jose';
import { randomId } from '../storage/ids.ts';

/** How a {@link HandingWebsite} signs. `none`: not at all. `public`: HMAC with its own public key as a secret. */
export type WebsiteSigning = 'honest' | 'stranger' | 'none' | 'public';

export interface WebsiteLie {
  /** Claims that replace the honest ones; undefined leaves one out. */
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  signing?: WebsiteSigning;
}

const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/** The platform's own website, which hands over whoever is signed in there (HANDOVER_URL). It says whatever the test wants. */
export class HandingWebsite {
  readonly origin: string;
  readonly #server: Server;
  readonly #keys: { own: CryptoKeyPair; stranger: CryptoKeyPair };
  readonly jwk: JWK;
  /** For which realm it signs: its issuer. */
  audience = '';
  /** Sent with its page. */
  coop: string | undefined;
  /** How often its page was asked for. */
  asked = 0;

  private constructor(server: Server, keys: { own: CryptoKeyPair; stranger: CryptoKeyPair }, jwk: JWK) {
    const { port } = server.address() as AddressInfo;
    this.origin = `http://127.0.0.1:${port}`;
    this.#server = server;
    this.#keys = keys;
    this.jwk = jwk;
  }

  static async start(): Promise<HandingWebsite> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const keys = { own: await generateKeyPair('ES256'), stranger: await generateKeyPair('ES256') };
    const jwk = { ...(await exportJWK(keys.own.publicKey)), kid: 'own' };
    const website = new HandingWebsite(server, keys, jwk);
    server.on('request', (request, response) => {
      if (request.url?.startsWith('/keys')) return void response.end(JSON.stringify({ keys: [jwk] }));
      website.asked += 1;
      if (website.coop !== undefined) response.setHeader('cross-origin-opener-policy', website.coop);
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>Website</title>');
    });
    return website;
  }

  get url(): string {
    return `${this.origin}/hand-over`;
  }

  /** What the platform is set up with. */
  get settings(): Record<string, string> {
    return { HANDOVER_URL: this.url, HANDOVER_KEYS: JSON.stringify({ keys: [this.jwk] }) };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** Says who is signed in there. @param nonce as it was asked */
  assertion(nonce: string, lie: WebsiteLie = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const honest = { sub: 'member-1', nonce, sid: 'session-1', auth_time: now - 100, exp: now + 60 };
    return this.#sign('handover+jwt', { ...honest, ...lie.claims }, lie);
  }

  /** Says that somebody has signed out there. */
  logoutToken(lie: WebsiteLie = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const honest = { sid: 'session-1', exp: now + 60, events: { [LOGOUT_EVENT]: {} } };
    return this.#sign('logout+jwt', { ...honest, ...lie.claims }, lie);
  }

  async #sign(
    typ: string,
    about: Record<string, unknown>,
    { signing = 'honest', header, claims }: WebsiteLie,
  ): Promise<string> {
    const iat = Math.floor(Date.now() / 1000);
    const payload = { iss: this.origin, aud: this.audience, iat, jti: randomId(), ...about, ...claims };
    const content = JSON.stringify(payload);
    const encode = (text: string) => Buffer.from(text).toString('base64url');
    if (signing === 'none') return `${encode(JSON.stringify({ typ, alg: 'none', ...header }))}.${encode(content)}.`;
    const { own, stranger } = this.#keys;
    const isSecret = signing === 'public';
    const key = isSecret ? Buffer.from(JSON.stringify(this.jwk)) : (signing === 'stranger' ? stranger : own).privateKey;
    const protectedHeader: JWTHeaderParameters = { alg: isSecret ? 'HS256' : 'ES256', typ, kid: 'own', ...header };
    return new CompactSign(Buffer.from(content)).setProtectedHeader(protectedHeader).sign(key);
  }
}
