import { createLocalJWKSet, errors, type JWK, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import { HAND_OVER_ID, type HandOverKeys, type HandOverSettings } from '../../process/settings/hand-over.ts';
import { seversOpener } from './cross-origin-opener.ts';
import { meaningOf } from './denials.ts';
import { isUnavailable, UpstreamUnavailableError } from './guarded-fetch.ts';
import { type EndedThere, OF_THE_KEYS, readLogoutToken } from './logout-token.ts';
import { identitySchema, personOf } from './person.ts';
import { remoteKeys } from './remote-keys.ts';
import { SIGNING_ALGORITHMS } from './signing-algorithms.ts';
import type { AttemptSecrets, Upstream, UpstreamAnswer, UpstreamWishes } from './upstream.ts';

/** How long an assertion may be good for. It is posted as soon as it is signed. */
const LIFETIME_SECONDS = 60;
const LEEWAY_SECONDS = 10;
/** Of the explicit type (RFC 8725 section 3.11), so that no other token that the website signs is one. */
const TYPE = 'handover+jwt';
/** Its page is looked at again after this time. */
const LOOKED_AT_FOR_MS = 60 * 60 * 1000;

const claimsSchema = z.object({
  sub: identitySchema.shape.sub,
  jti: z.string().min(1).max(255),
  nonce: z.string(),
  iat: z.int(),
  exp: z.int(),
  auth_time: z.int().positive(),
});

/** The names of OpenID Connect, which imports have, too. */
const CLAIMS = {
  given_name: 'given_name',
  family_name: 'family_name',
  email: 'email',
  email_verified: 'email_verified',
  locale: 'locale',
} as const;

/**
 * The platform's own website, which signs who is signed in there, and has the browser post it. It speaks a part of OpenID Connect that a page of
 * thirty lines can: it is asked with `state` and `nonce`, and posts `state` and a JWT with that nonce, which so counts once, in the browser and
 * the attempt that asked. Where it posts to is in its own configuration, and is asked by nobody.
 */
export class HandOver implements Upstream {
  readonly id = HAND_OVER_ID;
  readonly settings: Upstream['settings'];
  readonly audience: string;
  readonly callbackPath = '/handover';
  readonly posts: Upstream['posts'];
  readonly isOwn = true;
  readonly #url: string;
  readonly #trustMfa: boolean;
  readonly #keys: JWTVerifyGetKey;
  #seen: { severs: boolean; until: number } | undefined;

  /** @param audience the issuer of the realm, so that what is said for one realm counts in no other */
  constructor({ url, issuer, keys, name, trustMfa }: HandOverSettings, audience: string) {
    this.settings = {
      name,
      issuer,
      logo: undefined,
      only: false,
      handOver: true,
      responseMode: 'form_post',
      coop: 'auto',
    };
    this.audience = audience;
    this.posts = { field: 'assertion', maxLength: 8_000, from: new URL(url).origin };
    this.#url = url;
    this.#trustMfa = trustMfa;
    this.#keys = keysOf(keys);
  }

  get severs(): boolean {
    return this.#seen?.severs !== false;
  }

  get isAtHand(): boolean {
    return this.#seen !== undefined;
  }

  async look(): Promise<void> {
    const severs = await seversOpener(this.#askedFor({ state: 'look', nonce: 'look' }, { prompt: 'none' }));
    this.#seen = severs === undefined ? undefined : { severs, until: Date.now() + LOOKED_AT_FOR_MS };
    if (severs === undefined) throw new UpstreamUnavailableError(`${new URL(this.#url).origin} was not reached`);
  }

  async signInUrl(secrets: AttemptSecrets, wishes: UpstreamWishes = {}): Promise<URL> {
    // Nobody waits for what is looked at again.
    if (this.#seen && this.#seen.until < Date.now()) this.look().catch(() => undefined);
    return this.#askedFor(secrets, wishes);
  }

  /** @param assertion what it has signed */
  async answer(query: URLSearchParams, { nonce }: AttemptSecrets, assertion?: string): Promise<UpstreamAnswer> {
    const error = query.get('error');
    if (error !== null) return meaningOf(error);
    if (assertion === undefined) return { outcome: 'refused', because: 'no assertion came' };
    try {
      const { payload } = await jwtVerify(assertion, this.#keys, {
        typ: TYPE,
        issuer: this.settings.issuer,
        audience: this.audience,
        algorithms: SIGNING_ALGORITHMS,
        maxTokenAge: LIFETIME_SECONDS,
        clockTolerance: LEEWAY_SECONDS,
      });
      return this.#person(payload, nonce);
    } catch (error) {
      if (isUnavailable(error) || isOfTheKeys(error)) return { outcome: 'unavailable', because: messageOf(error) };
      return { outcome: 'refused', because: messageOf(error) };
    }
  }

  /** There is no place to lead to: its own page has its own way. */
  async signOutUrl(): Promise<undefined> {
    return undefined;
  }

  readLogout(token: string): Promise<EndedThere> {
    return readLogoutToken(token, this.#keys, { issuer: this.settings.issuer, audience: this.audience });
  }

  #person(payload: JWTPayload, nonce: string): UpstreamAnswer {
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success)
      return { outcome: 'refused', because: `${String(claims.error.issues[0]?.path[0])} is not as it must be` };
    const { exp, iat, nonce: said } = claims.data;
    if (exp - iat > LIFETIME_SECONDS) return { outcome: 'refused', because: 'it is good for too long (exp)' };
    if (said !== nonce) return { outcome: 'refused', because: 'it answers another question (nonce)' };
    const settings = { claims: CLAIMS, trustEmail: true, trustMfa: this.#trustMfa };
    return { outcome: 'person', person: personOf(settings, payload, undefined) };
  }

  #askedFor({ state, nonce }: Pick<AttemptSecrets, 'state' | 'nonce'>, wishes: UpstreamWishes): URL {
    const url = new URL(this.#url);
    const { prompt, languages, loginHint } = wishes;
    url.searchParams.set('state', state);
    url.searchParams.set('nonce', nonce);
    if (prompt !== undefined) url.searchParams.set('prompt', prompt);
    if (languages?.length) url.searchParams.set('ui_locales', languages.join(' '));
    if (loginHint !== undefined) url.searchParams.set('login_hint', loginHint);
    return url;
  }
}

function keysOf(keys: HandOverKeys): JWTVerifyGetKey {
  return 'url' in keys ? remoteKeys(new URL(keys.url)) : createLocalJWKSet({ keys: [...keys.keys] as JWK[] });
}

function isOfTheKeys(error: unknown): boolean {
  return error instanceof errors.JOSEError && OF_THE_KEYS.has(error.code);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}
