import {
  CLAIM_FORMATS,
  CLAIMS,
  CREDENTIAL_ALG,
  type CredentialPayload,
  formatOf,
  type WidgetErrorCode,
} from '@signup-with-platform/protocol';
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import type { SignupUser } from '../attempt/signup-flow.ts';

/** The tolerated difference between two clocks, in seconds. */
const CLOCK_TOLERANCE_SECONDS = 10;

export interface ExpectedCredential {
  /** The issuer of the message that brought it: the platform, or its sandbox. */
  issuer: string;
  clientId: string;
  nonce: string;
}

/** Why a credential cannot be used. `code` is one of the widget's. */
export class CredentialError extends Error {
  readonly code: WidgetErrorCode;
  constructor(code: WidgetErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

export type VerifyCredential = (credential: string, expected: ExpectedCredential) => Promise<SignupUser>;

/**
 * Starts to fetch the platform's keys, so that they are here by the time the popup answers, and returns the check.
 *
 * Both realms' keys are fetched, since only the answer tells which one this client-id belongs to; they are small, and cached.
 *
 * @param platform origin of the platform
 * @returns checks signature, `alg`, `iss`, `aud`, `nonce` and `exp` (OpenID Connect Core 1.0 section 3.1.3.7); rejects with a
 *   {@link CredentialError}: `invalid_credential`, or `keys_unavailable` when they could not be fetched
 */
export function prepareVerification(platform: string): VerifyCredential {
  const keySets = new Map(
    [platform, `${platform}/sandbox`].map((issuer) => {
      // No cool-down: this set serves one credential, and a key that it lacks is worth one more look.
      const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`), { cooldownDuration: 0 });
      // A failure now is not one yet: it is fetched again when it is needed.
      keys.reload().catch(() => {});
      return [issuer, keys];
    }),
  );

  return async (credential, { issuer, clientId, nonce }) => {
    const keys = keySets.get(issuer);
    if (!keys) throw new CredentialError('invalid_credential', `${issuer} is no issuer of ${platform}`);
    const { payload } = await jwtVerify<CredentialPayload>(credential, keys, {
      algorithms: [CREDENTIAL_ALG],
      issuer,
      audience: clientId,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: ['sub', 'iat', 'exp', 'nonce'],
    }).catch((error: unknown) => {
      throw diagnose(error, `${issuer}/jwks`);
    });
    if (payload.aud !== clientId)
      throw new CredentialError('invalid_credential', 'The credential is for several parties.');
    if (payload.nonce !== nonce)
      throw new CredentialError('invalid_credential', 'The credential answers another request: its nonce differs.');
    if (typeof payload.sub !== 'string' || !payload.sub)
      throw new CredentialError('invalid_credential', 'The credential names nobody: sub is empty.');
    return userOf(payload);
  };
}

function diagnose(error: unknown, url: string): CredentialError {
  const fetching =
    error instanceof TypeError ||
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    (error instanceof errors.JOSEError && error.code === errors.JOSEError.code);
  return fetching
    ? new CredentialError(
        'keys_unavailable',
        `The keys at ${url} could not be fetched: is connect-src open to it?`,
        error,
      )
    : new CredentialError('invalid_credential', `The credential is not valid: ${(error as Error).message}`, error);
}

/** The claims we know, each if it has its format; the rest is mechanics. */
function userOf(payload: CredentialPayload & JWTPayload): SignupUser {
  const user: SignupUser = { iss: payload.iss, sub: payload.sub, isNewUser: payload.is_new_user === true };
  const read = CLAIMS.map((claim) => [claim, CLAIM_FORMATS[formatOf(claim)].read(payload[claim])]);
  Object.assign(user, Object.fromEntries(read.filter(([, value]) => value !== undefined)));
  return user;
}
