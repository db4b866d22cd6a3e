import { z } from 'zod';
import { UPSTREAM_CLAIMS, type UpstreamSettings } from '../../process/settings/upstreams.ts';

/** What an upstream says of somebody. Only `issuer` and `subject` say who it is; the rest has not been checked for what is shown. */
export interface UpstreamPerson {
  readonly issuer: string;
  readonly subject: string;
  readonly givenName?: string;
  readonly familyName?: string;
  readonly email?: string;
  /** It says so, and the operator believes it. */
  readonly emailVerified: boolean;
  readonly locale?: string;
  /** The session there, as it calls it (`sid`), which it may say later to have ended. */
  readonly sessionId?: string;
  /** When the person proved there who they are, in seconds since 1970. */
  readonly authenticatedAt?: number;
  /** By two factors, as it says and the operator believes. */
  readonly hasTwoFactors?: true;
}

/** Databases take neither NUL nor half a character, or take several of them for one. */
const isStorable = (text: string) => text.isWellFormed() && !text.includes('\0');
/** OpenID Connect Core 1.0 section 2 allows 255 ASCII characters. */
export const identitySchema = z.object({
  iss: z.string().max(512).refine(isStorable),
  sub: z.string().min(1).max(255).refine(isStorable),
});
const claimsSchema = z.object({
  given_name: z.string().max(1000).optional().catch(undefined),
  family_name: z.string().max(1000).optional().catch(undefined),
  email: z.string().max(1000).optional().catch(undefined),
  // Apple and others send booleans as strings.
  email_verified: z
    .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
    .optional()
    .catch(undefined),
  locale: z.string().max(35).optional().catch(undefined),
});

const sessionSchema = z.object({
  sid: identitySchema.shape.sub.optional().catch(undefined),
  auth_time: z.int().nonnegative().optional().catch(undefined),
  amr: z.array(z.string().max(64)).max(20).catch([]),
});

/** What it says of the session there. */
function sessionThere(
  { trustMfa }: Pick<UpstreamSettings, 'trustMfa'>,
  said: Readonly<Record<string, unknown>>,
): Pick<UpstreamPerson, 'sessionId' | 'authenticatedAt' | 'hasTwoFactors'> {
  const { sid, auth_time: authenticatedAt, amr } = sessionSchema.parse(said);
  return {
    ...(sid !== undefined && { sessionId: sid }),
    ...(authenticatedAt !== undefined && { authenticatedAt }),
    ...(trustMfa && amr.includes('mfa') && { hasTwoFactors: true }),
  };
}

/** Apple's form has the name beside the signed part, once. */
const postedNameSchema = z.object({
  name: z.object({ firstName: z.string().max(1000).optional(), lastName: z.string().max(1000).optional() }),
});

/** Whether the ID token lacks something that the upstream may tell elsewhere. */
export function lacksSomething({ claims }: UpstreamSettings, said: Readonly<Record<string, unknown>>): boolean {
  return UPSTREAM_CLAIMS.some((claim) => claim !== 'locale' && said[claims[claim]] === undefined);
}

/** @param said the claims of the ID token, and of the UserInfo response below them */
export function personOf(
  settings: Pick<UpstreamSettings, 'claims' | 'trustEmail' | 'trustMfa'>,
  said: Readonly<Record<string, unknown>>,
  postedName: string | undefined,
): UpstreamPerson {
  const { claims, trustEmail } = settings;
  const { iss, sub } = identitySchema.parse(said);
  const ours = claimsSchema.parse(Object.fromEntries(UPSTREAM_CLAIMS.map((claim) => [claim, said[claims[claim]]])));
  const posted = readPostedName(postedName);
  const givenName = ours.given_name ?? posted.firstName;
  const familyName = ours.family_name ?? posted.lastName;
  return {
    issuer: iss,
    subject: sub,
    ...(givenName && { givenName }),
    ...(familyName && { familyName }),
    ...(ours.email && { email: ours.email }),
    emailVerified: trustEmail && ours.email_verified === true,
    ...(ours.locale && { locale: ours.locale }),
    ...sessionThere(settings, said),
  };
}

function readPostedName(json: string | undefined): { firstName?: string | undefined; lastName?: string | undefined } {
  if (json === undefined) return {};
  try {
    return postedNameSchema.safeParse(JSON.parse(json)).data?.name ?? {};
  } catch {
    return {};
  }
}
