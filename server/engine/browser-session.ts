import type { FastifyReply, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import type { RealmContext } from '../http/realm-context.ts';
import { rememberDevice } from './device-cookie.ts';
import { cookiesOf, type EngineSession, loadSession } from './engine-internals.ts';
import { fedcmCookieName } from './fedcm-cookie.ts';
import { SESSION_LIFETIME_SECONDS } from './lifetimes.ts';
import { announceLogin } from './login-status.ts';
import { authenticationBy, type SignInMethod } from './sign-in-methods.ts';

/**
 * The session that a browser has with a realm. It is the engine's own session, so that signing in at the portal also signs in to the
 * popup, and the other way round.
 */
export class BrowserSession {
  readonly #context: RealmContext;
  readonly #provider: Provider;
  readonly #request: FastifyRequest;
  readonly #reply: FastifyReply;
  #session: EngineSession;

  private constructor(
    context: RealmContext,
    provider: Provider,
    request: FastifyRequest,
    reply: FastifyReply,
    session: EngineSession,
  ) {
    this.#context = context;
    this.#provider = provider;
    this.#request = request;
    this.#reply = reply;
    this.#session = session;
  }

  static async load(
    context: RealmContext,
    provider: Provider,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<BrowserSession> {
    const session = await loadSession(provider, request.raw, reply.raw);
    return new BrowserSession(context, provider, request, reply, session);
  }

  /** The session's public identifier, which does not grant access. */
  get uid(): string {
    return this.#session.uid;
  }

  get accountId(): string | undefined {
    return this.#session.accountId;
  }

  /** When the person last proved who they are. */
  get signedInAt(): Date | undefined {
    return this.#session.loginTs === undefined ? undefined : new Date(this.#session.loginTs * 1000);
  }

  /**
   * Signs an account in. The session gets a new identifier, against session fixation; when it belonged to another account or to nobody, a
   * new session takes its place.
   */
  async begin(accountId: string, methods: readonly SignInMethod[]): Promise<void> {
    if (this.#session.accountId !== accountId) await this.#destroy();
    if (this.#session.accountId === accountId) this.#session.resetIdentifier();
    else this.#session = new this.#provider.Session();
    this.#session.loginAccount({ accountId, loginTs: Math.floor(Date.now() / 1000), ...authenticationBy(methods) });
    // Noted before the session is saved, so that "sign out everywhere" at the same moment ends this session too.
    await this.seen();
    await this.#session.save(SESSION_LIFETIME_SECONDS);
    if (!methods.includes('persona')) await this.#rememberDevice(accountId);
    this.#setCookie(this.#session.jti, SESSION_LIFETIME_SECONDS * 1000);
  }

  async end(): Promise<void> {
    await this.#destroy();
    this.#setCookie(null, 0);
    this.#announce(undefined);
  }

  /** Notes the session's last use, its browser and its network address. */
  async seen(): Promise<void> {
    if (this.accountId === undefined) return;
    this.#announce(this.uid);
    await this.#context.rows.sessions.seen(this.uid, this.accountId, {
      userAgent: this.#request.headers['user-agent'],
      address: this.#request.ip,
    });
  }

  async #rememberDevice(accountId: string): Promise<void> {
    const account = await this.#context.rows.accounts.find(accountId);
    rememberDevice(this.#context, this.#request.raw, this.#reply.raw, account);
  }

  /** Ends the session for good, even if another request that uses it is still running and saves it afterwards. */
  async #destroy(): Promise<void> {
    const { accountId, uid } = this.#session;
    if (accountId === undefined) return;
    await this.#context.rows.sessions.end(accountId, uid);
    await this.#session.destroy();
  }

  #announce(uid: string | undefined): void {
    announceLogin(this.#context, this.#reply.raw, {
      uid,
      lifetimeSeconds: SESSION_LIFETIME_SECONDS,
      earlierCookie: this.#request.cookies[fedcmCookieName(this.#context)],
    });
  }

  #setCookie(value: string | null, lifetimeMs: number): void {
    // PUBLIC_URL says whether the connection is encrypted, because the connection itself may come from a proxy.
    const secure = this.#context.issuer.startsWith('https:');
    const cookies = cookiesOf(this.#provider, this.#request.raw, this.#reply.raw, secure);
    cookies.set(this.#provider.cookieName('session'), value, {
      httpOnly: true,
      sameSite: 'lax',
      signed: true,
      path: '/',
      secure,
      ...(value !== null && { expires: new Date(Date.now() + lifetimeMs) }),
    });
  }
}
