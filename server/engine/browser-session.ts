import type { FastifyReply, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import { inTransaction } from '../domain/context.ts';
import type { SignInThere } from '../domain/identities/session-there.ts';
import { noteSignIn } from '../domain/second-factor/known-browsers.ts';
import type { RealmContext } from '../http/realm-context.ts';
import { languagesOf } from '../http/wanted-languages.ts';
import type { Account } from '../storage/accounts.ts';
import type { Device } from '../storage/sessions.ts';
import { recordAdapter } from './adapter.ts';
import { browserHashOf, deviceFor, rememberDevice } from './device-cookie.ts';
import { cookiesOf, type EngineSession, loadSession, saveSession } from './engine-internals.ts';
import { fedcmCookieName } from './fedcm-cookie.ts';
import { SESSION_LIFETIME_SECONDS } from './lifetimes.ts';
import { announceLogin } from './login-status.ts';
import { sessionAdapter } from './session-adapter.ts';
import { authenticationBy, type SignInMethod } from './sign-in-methods.ts';

/** How somebody signs in. */
export interface ProvenSignIn {
  /** What they have proven; whoever has a second factor has been asked for it (second-factor.ts). */
  readonly methods: readonly SignInMethod[];
  /** They do not want to be asked for it in this browser again. Default: as it was. */
  readonly trust?: boolean;
  /** Default: now. */
  readonly signedInAt?: Date | undefined;
  /** The session at another login by which they signed in, and with which this one ends. */
  readonly there?: SignInThere | undefined;
}

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

  /** How they did. */
  get authentication(): { amr?: readonly string[] | undefined } {
    return { amr: this.#session.amr };
  }

  /**
   * Signs an account in. The session gets a new identifier, against session fixation; when it belonged to another account or to nobody, a
   * new session takes its place.
   * @param alongside what is committed together with it
   */
  async begin(
    account: Account,
    { methods, trust = false, signedInAt = new Date(), there }: ProvenSignIn,
    alongside: (context: RealmContext) => Promise<void>,
  ): Promise<void> {
    const { id: accountId } = account;
    if (this.#session.accountId !== accountId) await this.#destroy();
    if (this.#session.accountId === accountId) this.#session.resetIdentifier();
    else this.#session = new this.#provider.Session();
    const loginTs = Math.floor(signedInAt.getTime() / 1000);
    this.#session.loginAccount({ accountId, loginTs, ...authenticationBy(methods) });
    this.#announce(this.uid);
    const here = methods.includes('persona') ? undefined : deviceFor(this.#context, this.#request.raw, account);
    await inTransaction(this.#context, async (within) => {
      const more = { browserHash: here && browserHashOf(here.device), upstream: there };
      await this.#noteUse(within, accountId, more, account.signOutCount);
      const adapter = sessionAdapter(recordAdapter('Session', within.storage, within.rows), within.rows, this.#context);
      await saveSession(this.#session, adapter, SESSION_LIFETIME_SECONDS);
      await alongside(within);
      if (here) await noteSignIn(within, account, this.#signedIn(here, trust));
    });
    if (here) rememberDevice(this.#context, this.#request.raw, this.#reply.raw, account, here);
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
    await this.#noteUse(this.#context, this.accountId);
  }

  #noteUse(
    { rows }: RealmContext,
    accountId: string,
    more: Pick<Device, 'browserHash' | 'upstream'> = {},
    signOutCount?: number,
  ): Promise<void> {
    const { headers, ip: address } = this.#request;
    const device = { userAgent: headers['user-agent'], address, ...more };
    return rows.sessions.seen(this.uid, accountId, device, signOutCount);
  }

  #signedIn({ device, wasKnown }: ReturnType<typeof deviceFor>, trust: boolean) {
    const { headers } = this.#request;
    const languages = languagesOf(undefined, headers['accept-language']);
    return { deviceId: device.deviceId, wasKnown, userAgent: headers['user-agent'], trust, languages };
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
