import type { JWTVerifyGetKey } from 'jose';
import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
} from 'openid-client';
import type { UpstreamSettings } from '../../process/settings/upstreams.ts';
import { clientAuthentication } from './client-secret.ts';
import { seversOpener } from './cross-origin-opener.ts';
import { meaningOf } from './denials.ts';
import { guardedFetch, isUnavailable, UpstreamUnavailableError } from './guarded-fetch.ts';
import { type EndedThere, readLogoutToken } from './logout-token.ts';
import { identitySchema, lacksSomething, personOf } from './person.ts';
import { remoteKeys } from './remote-keys.ts';
import type { AttemptSecrets, Upstream, UpstreamAnswer, UpstreamWishes } from './upstream.ts';

/** What an upstream says of itself is asked again after this time. */
const CONFIGURATION_LIFETIME_MS = 60 * 60 * 1000;

/** Of a session there that is handed over. It says when it began only where a request sets a limit (OpenID Connect Core 1.0 section 2). */
const HANDED_OVER_MAX_AGE_SECONDS = 14 * 24 * 60 * 60;

/** Another login of which this platform is a client (OpenID Connect Core 1.0 section 3.1): code flow, PKCE, nonce, and `iss` (RFC 9207). */
export class OpenIdUpstream implements Upstream {
  readonly settings: UpstreamSettings;
  readonly isOwn = false;
  readonly posts = { field: 'user', maxLength: 2_000 } as const;
  readonly callbackPath: string;
  readonly #redirectUri: string;
  /** What was seen of its pages. */
  #severs: boolean | undefined;
  #isAtHand = false;
  #keys: { at: string; of: JWTVerifyGetKey } | undefined;
  #configuration: { promise: Promise<Configuration>; until: number } | undefined;

  /**
   * @param issuer of the realm. Each upstream has an address of its own there, so that the answer of one can never pass for another's
   * (RFC 9700 section 4.4.2)
   */
  constructor(settings: UpstreamSettings, issuer: string) {
    this.settings = settings;
    this.callbackPath = `/upstream/${settings.id}/callback`;
    this.#redirectUri = `${issuer}${this.callbackPath}`;
  }

  get audience(): string {
    return this.settings.clientId;
  }

  get id(): string {
    return this.settings.id;
  }

  get isAtHand(): boolean {
    return this.#isAtHand;
  }

  get severs(): boolean {
    const { coop } = this.settings;
    return coop === 'auto' ? this.#severs !== false : coop === 'severs';
  }

  async look(): Promise<void> {
    await this.#configured();
  }

  async signInUrl({ state, nonce, codeVerifier }: AttemptSecrets, wishes: UpstreamWishes = {}): Promise<URL> {
    const configuration = await this.#configured();
    const { scopes, responseMode } = this.settings;
    return buildAuthorizationUrl(configuration, {
      redirect_uri: this.#redirectUri,
      response_type: 'code',
      scope: scopes.join(' '),
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      ...(responseMode === 'form_post' && { response_mode: responseMode }),
      ...(wishes.loginHint !== undefined && { login_hint: wishes.loginHint }),
      ...(wishes.languages?.length && { ui_locales: wishes.languages.join(' ') }),
      ...(wishes.prompt && { prompt: wishes.prompt }),
      ...(wishes.prompt === 'none' && { max_age: String(HANDED_OVER_MAX_AGE_SECONDS) }),
    });
  }

  /** @param postedName see {@link personOf} */
  async answer(
    query: URLSearchParams,
    { state, nonce, codeVerifier }: AttemptSecrets,
    postedName?: string,
  ): Promise<UpstreamAnswer> {
    try {
      const configuration = await this.#configured();
      const url = new URL(this.#redirectUri);
      url.search = query.toString();
      const tokens = await authorizationCodeGrant(configuration, url, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      });
      const claims = { ...tokens.claims() };
      const { sub } = identitySchema.parse(claims);
      const isThere = configuration.serverMetadata().userinfo_endpoint !== undefined;
      const more =
        isThere && lacksSomething(this.settings, claims)
          ? await fetchUserInfo(configuration, tokens.access_token, sub)
          : {};
      return { outcome: 'person', person: personOf(this.settings, { ...more, ...claims }, postedName) };
    } catch (error) {
      return failureOf(error);
    }
  }

  async signOutUrl(backTo: string): Promise<URL | undefined> {
    if (!this.settings.logout) return undefined;
    const configuration = await this.#configured();
    if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
    return buildEndSessionUrl(configuration, { post_logout_redirect_uri: backTo });
  }

  async readLogout(token: string): Promise<EndedThere> {
    const { jwks_uri: at } = (await this.#configured()).serverMetadata();
    if (at === undefined) throw new UpstreamUnavailableError('it does not say where its keys are');
    // Kept, because it fetches keys once for all tokens, and again for one that it does not know.
    if (this.#keys?.at !== at) this.#keys = { at, of: remoteKeys(new URL(at)) };
    const { issuer, clientId } = this.settings;
    return readLogoutToken(token, this.#keys.of, { issuer, audience: clientId });
  }

  /** Asked for when it is needed first, so that an upstream that is down does not keep the platform from starting. */
  #configured(): Promise<Configuration> {
    const now = Date.now();
    if (this.#configuration && this.#configuration.until > now) return this.#configuration.promise;
    const promise = this.#discover();
    const found = { promise, until: now + CONFIGURATION_LIFETIME_MS };
    this.#configuration = found;
    // Only what was found is kept.
    promise.then(
      () => {
        this.#isAtHand = true;
      },
      () => {
        this.#isAtHand = false;
        if (this.#configuration === found) this.#configuration = undefined;
      },
    );
    return promise;
  }

  async #discover(): Promise<Configuration> {
    const { issuer, clientId } = this.settings;
    const server = new URL(issuer);
    // The setting allows http on this machine alone.
    const insecurely = server.protocol === 'http:' ? [allowInsecureRequests] : [];
    const authentication = await clientAuthentication(this.settings);
    // Whether it is down or is not what the operator has written down, or says that people sign in at no web address: nobody can be sent there.
    const unavailable = (error: unknown) => {
      throw new UpstreamUnavailableError(reasonsOf(error), { cause: error });
    };
    const configuration = await discovery(server, clientId, undefined, authentication, {
      [customFetch]: guardedFetch,
      execute: [...insecurely, enableNonRepudiationChecks],
    }).catch(unavailable);
    const page = await this.#samplePage(configuration).catch(unavailable);
    if (this.settings.coop === 'auto') this.#severs = await seversOpener(page);
    return configuration;
  }

  /** Where somebody would sign in, in an attempt that nobody makes. */
  async #samplePage(configuration: Configuration): Promise<URL> {
    return buildAuthorizationUrl(configuration, {
      redirect_uri: this.#redirectUri,
      response_type: 'code',
      scope: 'openid',
      state: 'look',
      nonce: 'look',
      code_challenge: await calculatePKCECodeChallenge('look'.repeat(11)),
      code_challenge_method: 'S256',
    });
  }
}

function failureOf(error: unknown): UpstreamAnswer {
  if (error instanceof AuthorizationResponseError) return meaningOf(error.error);
  if (isUnavailable(error)) return { outcome: 'unavailable', because: reasonsOf(error) };
  return { outcome: 'refused', because: reasonsOf(error) };
}

/** For the operator's log: what went wrong, without what was sent. */
function reasonsOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
  const cause = error.cause instanceof Error ? `: ${reasonsOf(error.cause)}` : '';
  return `${error.message}${code}${cause}`;
}
