import { ID_TOKEN_ALGS, type IdTokenAlg } from '@signup-with-platform/protocol';
import { errors, type JSONWebKeySet, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { CREDENTIAL_ERRORS, CredentialError, type CredentialErrorCode } from './errors.ts';
import { hintOfAudience, hintOfIssuer, quote } from './hints.ts';
import { type Fetch, findKeyIn, keyOfAnotherKind, type TokenKind } from './key-sets.ts';
import { checkSharedOptions, toleranceOf } from './verify-options.ts';

/** In characters. A logout token has fewer than 1 000. */
const MAX_LENGTH = 16_384;
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const HINT_OF_ALGORITHM =
  'The platform never signs with a shared secret, nor leaves a token unsigned. Does `algorithms` have the one of the app’s ID tokens?';
const LOGOUT_TOKEN: TokenKind = {
  name: 'logout token',
  whenUnavailable: 'Answer 503: the platform posts the token again.',
};

export interface VerifyLogoutTokenOptions {
  /** The `client_id` of this environment of your app. */
  clientId: string;
  /** The platform's issuer identifier, e.g. `https://platform.example`, in the sandbox `https://platform.example/sandbox`. */
  issuer: string;
  /** The algorithms that you accept. Default: those that ID tokens of the platform have. */
  algorithms?: readonly IdTokenAlg[];
  /** How far the two clocks may differ, in seconds. Default 10, at most 300. */
  clockToleranceSeconds?: number;
  /** Used to get the keys. Keep one function: keys are cached for each. Default: the global `fetch`. */
  fetch?: Fetch;
  /** The platform's keys, if they should not be fetched: a JWK Set, or a function of jose that finds a key. */
  jwks?: JSONWebKeySet | JWTVerifyGetKey;
}

/** Which session has ended: end yours that you began with an ID token of the same `iss`, `sub` and `sid`. */
export interface LogoutToken {
  iss: string;
  /** Your `client_id`. */
  aud: string;
  /** The user whose session it was. */
  sub: string;
  /** The session, as in the ID token that you received in it. */
  sid: string;
  /** Another in each token. Whoever wants to act on each once remembers it for two minutes. */
  jti: string;
  iat: number;
  exp: number;
}

/**
 * Verifies the logout token that the platform posts to your `backchannel_logout_uri` when a session ends, by all rules of OpenID Connect
 * Back-Channel Logout 1.0 section 2.6: signature, algorithm, `iss`, `aud`, `iat`, `exp`, the event, no `nonce`. The token is of a type of its
 * own, so that no ID token can be posted in its place.
 *
 * Answer 200 once your session has ended, also when there was none; 400 for a {@link CredentialError}. The platform repeats what is not
 * answered with 2xx, for about three hours. Acting twice on one token does no harm; to tell, compare `jti`.
 *
 * @example
 * ```ts
 * const { sub, sid } = await verifyLogoutToken(request.body.logout_token, {
 *   clientId: process.env.CLIENT_ID,
 *   issuer: 'https://platform.example',
 * });
 * await sessions.endWhere({ sub, sid });
 * ```
 *
 * @param token The form's field `logout_token`, unchanged. It may be anything, because anybody can post to your address.
 * @throws {CredentialError} The token is refused: end no session. With the code `keys_unavailable`, answer 503 and get it again.
 * @throws {InvalidOptionError} An option is missing or malformed: a bug in the calling program.
 */
export async function verifyLogoutToken(token: unknown, options: VerifyLogoutTokenOptions): Promise<LogoutToken> {
  checkSharedOptions(options, 'verifyLogoutToken(token, { clientId, issuer })');
  if (typeof token !== 'string' || token === '' || token.length > MAX_LENGTH) {
    throw malformed('This is not a logout token', "Pass the form's `logout_token` field, as text.");
  }
  const { clientId, issuer, algorithms = ID_TOKEN_ALGS } = options;
  const clockTolerance = toleranceOf(options);
  const payload = await jwtVerify(token, findKeyIn(options, LOGOUT_TOKEN), {
    issuer,
    algorithms: [...algorithms],
    typ: 'logout+jwt',
    clockTolerance,
    requiredClaims: ['iat', 'exp', 'jti', 'aud'],
  }).then(
    (verified) => verified.payload,
    (cause: unknown) => {
      throw translate(cause, options);
    },
  );
  if (payload.aud !== clientId) {
    throw new CredentialError(
      CREDENTIAL_ERRORS.WRONG_AUDIENCE,
      'The logout token was issued for another client',
      hintOfAudience(payload.aud, undefined, clientId),
    );
  }
  return checkClaims(payload, clockTolerance);
}

function checkClaims(payload: JWTPayload, toleranceSeconds: number): LogoutToken {
  const { sub, sid, events, iat = 0, jti } = payload;
  const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if ('nonce' in payload) throw malformed('It has a nonce', 'An ID token has one, a logout token must not.');
  if (!isObject(events) || !isObject(events[EVENT]))
    throw malformed('It does not say that a session has ended', `The claim "events" needs the member ${EVENT}.`);
  for (const [claim, value] of Object.entries({ sub, sid, jti })) if (!isText(value)) throw missing(claim);
  const aheadSeconds = iat - Math.floor(Date.now() / 1000);
  if (aheadSeconds > toleranceSeconds) {
    throw new CredentialError(
      CREDENTIAL_ERRORS.NOT_YET_VALID,
      `It was issued ${aheadSeconds} s in the future`,
      "This machine's clock or the platform's is wrong: compare both with a time server.",
    );
  }
  return payload as unknown as LogoutToken;
}

function translate(cause: unknown, { issuer }: VerifyLogoutTokenOptions): unknown {
  const refused = (code: CredentialErrorCode, message: string, hint: string) =>
    new CredentialError(code, message, hint, { cause });
  if (cause instanceof errors.JWSSignatureVerificationFailed)
    return refused(CREDENTIAL_ERRORS.BAD_SIGNATURE, 'Its signature does not match', 'It was changed, or forged.');
  if (cause instanceof errors.JOSEAlgNotAllowed)
    return refused(CREDENTIAL_ERRORS.WRONG_ALGORITHM, 'It has an algorithm that is not accepted', HINT_OF_ALGORITHM);
  if (cause instanceof errors.JWTExpired)
    return refused(
      CREDENTIAL_ERRORS.EXPIRED,
      'It has expired',
      "It lives for 2 minutes: is this machine's clock fast?",
    );
  if (cause instanceof errors.JWTClaimValidationFailed) {
    const { claim, payload } = cause;
    if (claim === 'iss' && typeof payload.iss === 'string')
      return refused(
        CREDENTIAL_ERRORS.WRONG_ISSUER,
        `Its issuer is ${quote(payload.iss)}, expected ${quote(issuer)}`,
        hintOfIssuer(payload.iss, issuer),
      );
    if (claim === 'typ')
      return malformed('It is another kind of token', 'A logout token has the type logout+jwt.', cause);
    if (claim === 'nbf')
      return refused(CREDENTIAL_ERRORS.NOT_YET_VALID, 'Its nbf is in the future', 'Compare the clocks.');
    return missing(claim, cause);
  }
  if (cause instanceof TypeError) return keyOfAnotherKind(cause, LOGOUT_TOKEN);
  if (cause instanceof errors.JOSEError) return malformed('This is not a logout token', `${cause.message}.`, cause);
  return cause;
}

function malformed(message: string, hint: string, cause?: unknown): CredentialError {
  return new CredentialError(CREDENTIAL_ERRORS.MALFORMED_CREDENTIAL, message, hint, { cause });
}

function missing(claim: string, cause?: unknown): CredentialError {
  return new CredentialError(
    CREDENTIAL_ERRORS.MISSING_CLAIM,
    `The claim ${quote(claim)} is missing or has the wrong type`,
    'Every logout token of the platform has it.',
    { cause },
  );
}
