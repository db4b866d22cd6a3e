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
import { guardedFetch, isUnavailable, UpstreamUnavailableError } from './guarded-fetch.ts';
import { identitySchema, lacksSomething, personOf, type UpstreamPerson } from './person.ts';

/** What an upstream says of itself is asked again after this time. */
const CONFIGURATION_LIFETIME_MS = 60 * 60 * 1000;

/** What binds an answer to the question: each is random, or made of what is, and known to nobody else. */
export interface AttemptSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** What is asked of the upstream besides who it is. */
export interface UpstreamWishes {
  readonly loginHint?: string | undefined;
  /** BCP 47, the best first. */
  readonly languages?: readonly string[];
  /** That the person signs in anew, or chooses. */
  readonly prompt?: 'login' | 'select_account' | undefined;
}

export type UpstreamAnswer =
  | { readonly outcome: 'person'; readonly person: UpstreamPerson }
  /** The person said no there. */
  | { readonly outcome: 'denied' }
  /** It cannot answer now. */
  | { readonly outcome: 'unavailable'; readonly because: string }
  /** Its answer is none that can be believed, or it does not know this platform. */
  | { readonly outcome: 'refused'; readonly because: string };

/** Errors of an upstream that mean no more than that the person did not go on. The last one is Apple's. */
const DENIALS: ReadonlySet<string> = new Set(['access_denied', 'interaction_required', 'user_cancelled_authorize']);
const PASSING: ReadonlySet<string> = new Set(['temporarily_unavailable', 'server_error']);

/** Another login of which this platform is a client (OpenID Connect Core 1.0 section 3.1): code flow, PKCE, nonce, and `iss` (RFC 9207). */
export class Upstream {
  readonly settings: UpstreamSettings;
  readonly #redirectUri: string;
  /** What was seen of its pages. */
  #severs: boolean | undefined;
  #configuration: { promise: Promise<Configuration>; until: number } | undefined;

  /** @param redirectUri of this upstream and realm alone, so that the answer of one can never pass for another's (RFC 9700 section 4.4.2) */
  constructor(settings: UpstreamSettings, redirectUri: string) {
    this.settings = settings;
    this.#redirectUri = redirectUri;
  }

  get id(): string {
    return this.settings.id;
  }

  /**
   * Whether its pages cut a window off from the page that opened it. What has not been seen counts as doing so, because a window of its own
   * works in either case, and a popup that was cut off has nobody left to answer.
   */
  get severs(): boolean {
    const { coop } = this.settings;
    return coop === 'auto' ? this.#severs !== false : coop === 'severs';
  }

  /** Asks what it says of itself, and looks at its pages, so that both are known when somebody comes. @throws UpstreamUnavailableError */
  async look(): Promise<void> {
    await this.#configured();
  }

  /** Where a person signs in. @throws UpstreamUnavailableError */
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
    });
  }

  /**
   * Who has signed in, once the person is back.
   * @param query the parameters that came
   * @param postedName see {@link personOf}
   */
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

  /** Where a person signs out there; undefined where the upstream has no such place, or the operator does not want it. */
  async signOutUrl(backTo: string): Promise<URL | undefined> {
    if (!this.settings.logout) return undefined;
    const configuration = await this.#configured();
    if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
    return buildEndSessionUrl(configuration, { post_logout_redirect_uri: backTo });
  }

  /** Asked for when it is needed first, so that an upstream that is down does not keep the platform from starting. */
  #configured(): Promise<Configuration> {
    const now = Date.now();
    if (this.#configuration && this.#configuration.until > now) return this.#configuration.promise;
    const promise = this.#discover();
    const found = { promise, until: now + CONFIGURATION_LIFETIME_MS };
    this.#configuration = found;
    // Only what was found is kept.
    promise.catch(() => {
      if (this.#configuration === found) this.#configuration = undefined;
    });
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
  if (error instanceof AuthorizationResponseError) {
    if (DENIALS.has(error.error)) return { outcome: 'denied' };
    return { outcome: PASSING.has(error.error) ? 'unavailable' : 'refused', because: error.error };
  }
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
