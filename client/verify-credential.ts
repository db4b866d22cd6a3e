import { type CredentialPayload, ENVIRONMENTS } from '@signup-with-platform/protocol';
import { decodeJwt, decodeProtectedHeader, errors, type JWTHeaderParameters, type JWTPayload, jwtVerify } from 'jose';
import { CREDENTIAL_ERRORS, CredentialError } from './errors.ts';
import { HINT_OF_NONCE, hintOfAlgorithm, hintOfAudience, hintOfIssuer, hintOfShape, quote } from './hints.ts';
import { findKeyIn, keyOfAnotherKind, type TokenKind } from './key-sets.ts';
import { algorithmsOf, checkOptions, noncesOf, toleranceOf, type VerifyCredentialOptions } from './verify-options.ts';

/** In characters. A credential with every claim stays below 4 KB, and longer text is not parsed, because an attacker may send megabytes. */
const MAX_CREDENTIAL_LENGTH = 16_384;
const CREDENTIAL: TokenKind = { name: 'credential', whenUnavailable: 'Ask the person to try again.' };

/**
 * Verifies the credential that `<signup-with-platform>` put into your form, and returns what it says about the person.
 *
 * The platform's keys come from `{issuer}/jwks`. They are cached for 10 minutes and fetched again when a credential is signed
 * by a key that is not among them, so you need not do anything for a rotation. Only the algorithms of `algorithms` are accepted, each with a
 * key of its own kind. `iss`, `aud`, `nonce`, `exp` and `iat` are checked (OpenID Connect Core 1.0 section 3.1.3.7), and every claim that a credential always has must be present.
 *
 * Key your users on `iss` + `sub`, never on `email`, because people change it, and `email_verified` may be false.
 *
 * @example
 * ```ts
 * const { sub, iss, email } = await verifyCredential(request.body.credential, {
 *   clientId: process.env.CLIENT_ID,
 *   issuer: 'https://platform.example',
 *   nonce: session.takeNonce(),
 * });
 * ```
 *
 * @template Own Claims of fields that the platform has added to the usual ones, such as `{ loyalty_number?: string }`.
 * @param token The form's `credential` field, unchanged. It may be anything, because it comes from a browser.
 * @throws {CredentialError} The credential is refused; `code` says why, `hint` what the likely mistake is.
 * @throws {InvalidOptionError} An option is missing or malformed: a bug in the calling program.
 */
export async function verifyCredential<Own extends object = object>(
  token: unknown,
  options: VerifyCredentialOptions,
): Promise<CredentialPayload & Own> {
  checkOptions(options);
  const credential = checkShape(token);
  const { header, claims } = decode(credential);
  // These three checks only choose which refusal is reported. They save a fetch, and say more than "bad signature" would.
  checkType(header);
  checkAlgorithm(header, algorithmsOf(options));
  checkIssuer(claims, options.issuer);
  const verified = await verifySignatureAndTimes(credential, options, claims);
  // From here on, the claims are known to come from the platform.
  checkIssuer(verified, options.issuer);
  checkAudience(verified, options.clientId);
  checkNonce(verified, noncesOf(options));
  checkIssuedAt(verified, toleranceOf(options));
  return checkRequiredClaims(verified) as CredentialPayload & Own;
}

function checkShape(token: unknown): string {
  // First, so that nothing looks at megabytes.
  if (typeof token === 'string' && token.length > MAX_CREDENTIAL_LENGTH) {
    throw new CredentialError(
      CREDENTIAL_ERRORS.MALFORMED_CREDENTIAL,
      'This is not a credential',
      `It has ${token.length} characters, but a credential has at most ${MAX_CREDENTIAL_LENGTH}.`,
    );
  }
  const hint = hintOfShape(token);
  if (hint !== undefined || typeof token !== 'string') {
    throw new CredentialError(CREDENTIAL_ERRORS.MALFORMED_CREDENTIAL, 'This is not a credential', hint ?? '');
  }
  return token;
}

function decode(credential: string): { header: JWTHeaderParameters; claims: JWTPayload } {
  try {
    return { header: decodeProtectedHeader(credential) as JWTHeaderParameters, claims: decodeJwt(credential) };
  } catch (cause) {
    throw new CredentialError(
      CREDENTIAL_ERRORS.MALFORMED_CREDENTIAL,
      'This is not a credential',
      'Its parts are not JSON in base64url: was it truncated, or changed on the way?',
      { cause },
    );
  }
}

/** RFC 8725 section 3.11: one kind of token must not pass for another. */
function checkType(header: JWTHeaderParameters): void {
  if (header.typ === undefined || String(header.typ).toUpperCase() === 'JWT') return;
  throw new CredentialError(
    CREDENTIAL_ERRORS.MALFORMED_CREDENTIAL,
    `This is a token of type ${quote(header.typ)}, not a credential`,
    header.typ === 'at+jwt'
      ? 'It is an access token (external_login), which is for calling the API and says nothing about a person.'
      : "Pass the form's `credential` field.",
  );
}

/** RFC 8725 section 3.1. jose checks the same; this check adds a hint. */
function checkAlgorithm(header: JWTHeaderParameters, accepted: readonly string[]): void {
  if (accepted.includes(header.alg)) return;
  throw new CredentialError(
    CREDENTIAL_ERRORS.WRONG_ALGORITHM,
    `The credential says it is signed with ${quote(header.alg)}, expected ${accepted.join(' or ')}`,
    hintOfAlgorithm(header.alg, accepted),
  );
}

function checkIssuer(claims: JWTPayload, expected: string): void {
  if (claims.iss === expected) return;
  if (typeof claims.iss !== 'string') throw missingClaim('iss');
  throw new CredentialError(
    CREDENTIAL_ERRORS.WRONG_ISSUER,
    `The credential's issuer is ${quote(claims.iss)}, expected ${quote(expected)}`,
    hintOfIssuer(claims.iss, expected),
  );
}

/** Accepts one audience only. A list would need `azp` (OpenID Connect Core 1.0 section 3.1.3.7), and the platform never sends one. */
function checkAudience(claims: JWTPayload, expected: string): void {
  if (claims.aud === expected) return;
  if (claims.aud === undefined) throw missingClaim('aud');
  throw new CredentialError(
    CREDENTIAL_ERRORS.WRONG_AUDIENCE,
    'The credential was issued for another client',
    hintOfAudience(claims.aud, claims['environment'], expected),
  );
}

function checkNonce(claims: JWTPayload, expected: readonly string[]): void {
  const { nonce } = claims;
  if (typeof nonce !== 'string' || nonce === '') throw missingClaim('nonce');
  if (expected.includes(nonce)) return;
  throw new CredentialError(CREDENTIAL_ERRORS.WRONG_NONCE, "The credential's nonce is not this page's", HINT_OF_NONCE);
}

/** A credential from the future would be valid for longer than its lifetime. */
function checkIssuedAt(claims: JWTPayload, toleranceSeconds: number): void {
  if (typeof claims.iat !== 'number') throw missingClaim('iat');
  const aheadSeconds = claims.iat - Math.floor(Date.now() / 1000);
  if (aheadSeconds <= toleranceSeconds) return;
  throw notYetValid(`It was issued ${aheadSeconds} s in the future`);
}

function checkRequiredClaims(claims: JWTPayload): CredentialPayload {
  const isText = (value: unknown) => typeof value === 'string' && value !== '';
  if (!isText(claims.sub)) throw missingClaim('sub');
  if (!isText(claims.jti)) throw missingClaim('jti');
  if (typeof claims.exp !== 'number') throw missingClaim('exp');
  if (!(ENVIRONMENTS as readonly unknown[]).includes(claims['environment'])) throw missingClaim('environment');
  if (typeof claims['is_new_user'] !== 'boolean') throw missingClaim('is_new_user');
  return claims as unknown as CredentialPayload;
}

async function verifySignatureAndTimes(
  credential: string,
  options: VerifyCredentialOptions,
  claims: JWTPayload,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(credential, findKeyIn(options, CREDENTIAL), {
      algorithms: [...algorithmsOf(options)],
      clockTolerance: toleranceOf(options),
      requiredClaims: ['exp'],
    });
    return payload;
  } catch (cause) {
    throw translate(cause, claims);
  }
}

function translate(cause: unknown, claims: JWTPayload): unknown {
  if (cause instanceof errors.JWSSignatureVerificationFailed) {
    return new CredentialError(
      CREDENTIAL_ERRORS.BAD_SIGNATURE,
      "The credential's signature does not match its content",
      'It was changed after it was signed, or forged. If it happens to everyone, something on the way rewrites the form.',
      { cause },
    );
  }
  if (cause instanceof errors.JWTExpired) {
    const lateSeconds = Math.floor(Date.now() / 1000) - Number(claims.exp);
    const lifetimeMinutes = Math.round((Number(claims.exp) - Number(claims.iat)) / 60);
    return new CredentialError(
      CREDENTIAL_ERRORS.EXPIRED,
      `The credential expired ${lateSeconds} s ago`,
      `The form was submitted more than ${lifetimeMinutes} minutes after the person had shared: ask them to press the button again. ` +
        "If it happens to everyone, this machine's clock is fast.",
      { cause },
    );
  }
  if (cause instanceof errors.JWTClaimValidationFailed) {
    return cause.claim === 'nbf' && cause.reason === 'check_failed'
      ? notYetValid('Its nbf is in the future', cause)
      : missingClaim(cause.claim, cause);
  }
  if (cause instanceof TypeError) return keyOfAnotherKind(cause, CREDENTIAL);
  if (cause instanceof errors.JOSEError) {
    return new CredentialError(
      CREDENTIAL_ERRORS.MALFORMED_CREDENTIAL,
      'This is not a credential',
      `The token does not follow RFC 7515: ${cause.message}.`,
      { cause },
    );
  }
  return cause;
}

function missingClaim(claim: string, cause?: unknown): CredentialError {
  return new CredentialError(
    CREDENTIAL_ERRORS.MISSING_CLAIM,
    `The claim ${quote(claim)} is missing or has the wrong type`,
    'Every credential has it. Is this another kind of token, or does it come from a platform of another version?',
    { cause },
  );
}

function notYetValid(what: string, cause?: unknown): CredentialError {
  return new CredentialError(
    CREDENTIAL_ERRORS.NOT_YET_VALID,
    what,
    "This machine's clock or the platform's is wrong: compare both with a time server.",
    { cause },
  );
}
