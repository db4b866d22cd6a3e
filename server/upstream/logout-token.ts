import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import { UpstreamUnavailableError } from './guarded-fetch.ts';
import { identitySchema } from './person.ts';
import { SIGNING_ALGORITHMS } from './signing-algorithms.ts';

/** What ended at an upstream: one session of somebody, or all of theirs. */
export interface EndedThere {
  readonly issuer: string;
  readonly subject?: string;
  readonly sessionId?: string;
  /** Of the token, which counts once. */
  readonly tokenId: string;
}

/** A logout token that is not to be believed. The message says why, and nothing of what was sent. */
export class LogoutTokenError extends Error {
  override name = 'LogoutTokenError';
}

/** OpenID Connect Back-Channel Logout 1.0 section 2.4. */
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** The specification advises two minutes at most. A token is remembered as used for longer than it is accepted. */
export const LOGOUT_TOKEN_MAX_AGE_SECONDS = 2 * 60;
const LEEWAY_SECONDS = 10;
/** Not everybody writes the type that the specification asks for, but nobody writes another one by chance. */
const TYPES: ReadonlySet<string> = new Set(['logout+jwt', 'jwt']);

/** What goes wrong before the token is looked at: the keys are not there, or are none. */
export const OF_THE_KEYS: ReadonlySet<string> = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID']);

const name = identitySchema.shape.sub;
const claimsSchema = z.object({
  iss: identitySchema.shape.iss,
  sub: name.optional(),
  sid: name.optional(),
  jti: name,
  events: z.object({ [EVENT]: z.object({}) }),
  // An ID token has one, and is none of these (section 2.4).
  nonce: z.undefined().optional(),
});

/**
 * Checks a logout token as section 2.6 asks for.
 * @param keys of the upstream
 * @throws LogoutTokenError, UpstreamUnavailableError
 */
export async function readLogoutToken(
  token: string,
  keys: JWTVerifyGetKey,
  { issuer, audience }: { issuer: string; audience: string },
): Promise<EndedThere> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: SIGNING_ALGORITHMS,
      maxTokenAge: LOGOUT_TOKEN_MAX_AGE_SECONDS,
      clockTolerance: LEEWAY_SECONDS,
    });
    if (!TYPES.has((protectedHeader.typ ?? 'jwt').toLowerCase().replace(/^application\//, '')))
      throw new LogoutTokenError('it is a token of another type');
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success) throw new LogoutTokenError(`${claims.error.issues[0]?.path.join('.')} is not as it must be`);
    const { iss, sub, sid, jti } = claims.data;
    if (sub === undefined && sid === undefined) throw new LogoutTokenError('neither sub nor sid says what ended');
    return {
      issuer: iss,
      tokenId: jti,
      ...(sub !== undefined && { subject: sub }),
      ...(sid !== undefined && { sessionId: sid }),
    };
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    if (OF_THE_KEYS.has(error.code)) throw new UpstreamUnavailableError('its keys could not be read', { cause: error });
    throw new LogoutTokenError(error.message);
  }
}
