import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** A person of the upstream: their subject and claims. */
export interface UpstreamPersonClaims {
  readonly sub: string;
  readonly [claim: string]: unknown;
}

export interface UpstreamServerOptions {
  /** Redirect URIs of the platform, which is the one client. */
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris?: readonly string[];
  /** Where it says that somebody has signed out. */
  readonly backchannelLogoutUri?: string | undefined;
  readonly people: readonly UpstreamPersonClaims[];
  /** A free one by default. */
  readonly port?: number;
  /** As what it is known, where something stands before it. Default: where it listens. */
  readonly issuer?: string;
}

export const UPSTREAM_CLIENT = { client_id: 'platform', client_secret: 'a-secret-that-the-operator-has-set' };

/**
 * A second real server: somebody else's OpenID Connect login. It has a page with a button for each of its people and one to decline; where
 * `auto` is set, it answers for them, for tests without a browser.
 */
export class UpstreamServer {
  readonly issuer: string;
  readonly #server: Server;
  /** Who signs in without being asked: a subject, or nobody, who declines. */
  auto: string | 'declines' | undefined;
  /** Sent with every page. */
  coop: string | undefined;
  /** How long each answer of its token endpoint is kept back. */
  delayMs = 0;
  /** What it was asked for, the latest last. */
  readonly asked: URLSearchParams[] = [];
  /** What its token endpoint was sent in Authorization and body. */
  readonly signedOut: URLSearchParams[] = [];

  private constructor(server: Server, issuer: string) {
    this.#server = server;
    this.issuer = issuer;
  }

  static async start(options: UpstreamServerOptions): Promise<UpstreamServer> {
    const server = createServer();
    server.listen(options.port ?? 0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const upstream = new UpstreamServer(server, options.issuer ?? `http://127.0.0.1:${port}`);
    const provider = upstream.#provider(options);
    const answer = provider.callback();
    server.on('request', (request, response) => {
      void upstream.#handle(provider, answer, options, request, response).catch((error) => {
        response.statusCode = 500;
        response.end(String(error));
      });
    });
    return upstream;
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #provider({ redirectUris, postLogoutRedirectUris, backchannelLogoutUri, people }: UpstreamServerOptions): Provider {
    return new Provider(this.issuer, {
      clients: [
        {
          ...UPSTREAM_CLIENT,
          redirect_uris: [...redirectUris],
          post_logout_redirect_uris: [...(postLogoutRedirectUris ?? [])],
          ...(backchannelLogoutUri !== undefined && {
            backchannel_logout_uri: backchannelLogoutUri,
            backchannel_logout_session_required: true,
          }),
        },
      ],
      claims: {
        openid: ['sub'],
        profile: ['given_name', 'family_name', 'name', 'locale'],
        email: ['email', 'email_verified'],
      },
      findAccount: (_ctx, sub) => {
        const person = people.find((each) => each.sub === sub);
        return person && { accountId: sub, claims: () => ({ ...person }) };
      },
      interactions: { url: (_ctx, { uid }) => `/sign-in/${uid}` },
      features: {
        devInteractions: { enabled: false },
        rpInitiatedLogout: { enabled: true },
        backchannelLogout: { enabled: true },
      },
      // It asks nobody for a consent.
      loadExistingGrant: async (ctx) => {
        const grant = new ctx.oidc.provider.Grant({
          clientId: ctx.oidc.client?.clientId ?? '',
          accountId: ctx.oidc.session?.accountId ?? '',
        });
        grant.addOIDCScope('openid profile email');
        await grant.save();
        return grant;
      },
      cookies: { keys: ['of-the-upstream'] },
      // Its own refuses addresses of this machine.
      fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined } as RequestInit),
    });
  }

  async #handle(
    provider: Provider,
    answer: (request: IncomingMessage, response: ServerResponse) => unknown,
    { people }: UpstreamServerOptions,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const url = new URL(request.url ?? '/', this.issuer);
    if (this.coop !== undefined) response.setHeader('cross-origin-opener-policy', this.coop);
    if (url.pathname === '/auth') this.asked.push(url.searchParams);
    if (url.pathname === '/session/end') this.signedOut.push(url.searchParams);
    if (url.pathname === '/token' && this.delayMs > 0) await new Promise((done) => setTimeout(done, this.delayMs));
    const [, signIn, , chosen] = url.pathname.split('/');
    if (signIn !== 'sign-in') {
      answer(request, response);
      return;
    }
    const who = chosen === undefined ? this.auto : decodeURIComponent(chosen);
    if (who === undefined) {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      const ways = [...people.map(({ sub }) => sub), 'declines'];
      const links = ways
        .map((way) => `<p><a href="${url.pathname}/${encodeURIComponent(way)}">${way}</a></p>`)
        .join('');
      response.end(`<!doctype html><title>Acme</title><h1>Sign in at Acme</h1>${links}`);
      return;
    }
    const result = who === 'declines' ? { error: 'access_denied' } : { login: { accountId: who } };
    await provider.interactionFinished(request, response, result);
  }
}
