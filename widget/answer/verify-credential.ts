import {
  CLAIM_FORMATS,
  CLAIMS,
  CREDENTIAL_ALG,
  type CredentialPayload,
  formatOf,
  type WidgetErrorCode,
} from '@signup-with-platform/protocol';
import {
  createRemoteJWKSet,
  customFetch,
  decodeJwt,
  errors,
  type FetchImplementation,
  type JWTPayload,
  jwtVerify,
} from 'jose';
import type { SignupUser } from '../attempt/signup-flow.ts';

/** The tolerated difference between two clocks, in seconds. */
const CLOCK_TOLERANCE_SECONDS = 10;
/** A platform that takes longer is not expected to answer. */
const KEYS_TIMEOUT_MS = 30_000;

export interface ExpectedCredential {
  /** The issuer in the message that contained the credential: the platform, or its sandbox. */
  issuer: string;
  clientId: string;
  nonce: string;
  /**
   * How long ago the credential arrived. One that has just come by a checked channel is judged by the platform's own time, which is when it
   * was issued, because the clock of a device is no evidence. `NaN` when it is not known: then the device's clock decides.
   */
  ageMs: number;
}

/** Why a credential cannot be used. `code` is one of the widget's error codes. */
export class CredentialError extends Error {
  readonly code: WidgetErrorCode;
  constructor(code: WidgetErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

export type VerifyCredential = (credential: string, expected: ExpectedCredential) => Promise<SignupUser>;

/**
 * Starts to fetch the platform's keys, so that they are there when the popup answers, and returns the check.
 *
 * The keys of both realms are fetched, because only the answer says which realm the client-id belongs to. They are small, and cached.
 *
 * @param platform origin of the platform
 * @param request fetches the keys
 * @returns checks signature, `alg`, `iss`, `aud`, `nonce` and `exp` (OpenID Connect Core 1.0 section 3.1.3.7); rejects with a
 *   {@link CredentialError}: `invalid_credential`, or `keys_unavailable` when they could not be fetched
 */
export function prepareVerification(platform: string, request: FetchImplementation = fetch): VerifyCredential {
  const keySets = new Map(
    [platform, `${platform}/sandbox`].map((issuer) => {
      // There is no cool-down, because this set serves one credential, and an unknown key is worth one more request.
      const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`), {
        cooldownDuration: 0,
        timeoutDuration: KEYS_TIMEOUT_MS,
        [customFetch]: request,
      });
      // A failure is ignored here, because the keys are fetched again when they are needed.
      keys.reload().catch(() => {});
      return [issuer, keys];
    }),
  );

  return async (credential, { issuer, clientId, nonce, ageMs }) => {
    const keys = keySets.get(issuer);
    if (!keys) throw new CredentialError('invalid_credential', `${issuer} is not an issuer of ${platform}`);
    const { payload } = await jwtVerify<CredentialPayload>(credential, keys, {
      algorithms: [CREDENTIAL_ALG],
      issuer,
      audience: clientId,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: currentDate(credential, ageMs),
      requiredClaims: ['sub', 'iat', 'exp', 'nonce'],
    }).catch((error: unknown) => {
      throw diagnose(error, `${issuer}/jwks`);
    });
    if (payload.aud !== clientId)
      throw new CredentialError('invalid_credential', 'The credential has several audiences.');
    if (payload.nonce !== nonce)
      throw new CredentialError(
        'invalid_credential',
        'The credential answers another request, because its nonce differs.',
      );
    if (typeof payload.sub !== 'string' || !payload.sub)
      throw new CredentialError('invalid_credential', 'The credential names nobody, because sub is empty.');
    return userOf(payload);
  };
}

/** The platform's time, as far as it is known here. */
function currentDate(credential: string, ageMs: number): Date {
  try {
    const { iat } = decodeJwt(credential);
    return new Date(Number.isNaN(ageMs) ? Date.now() : Number(iat) * 1000 + Math.max(0, ageMs));
  } catch {
    // The check itself says what is wrong.
    return new Date();
  }
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
        `The keys at ${url} could not be fetched. Does connect-src allow it?`,
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
