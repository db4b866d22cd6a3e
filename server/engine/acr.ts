import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { z } from 'zod';
import { hasSecondFactor } from '../domain/second-factor/second-factor.ts';
import type { RealmContext } from '../http/realm-context.ts';

/**
 * How surely somebody proved who they are (`acr`). A passkey is phishing-resistant (OpenID Connect Extended Authentication Profile ACR Values
 * 1.0). Two different factors are what the REFEDS MFA profile asks for, and so is a passkey. A password, and a test person, have no name,
 * so they get no claim.
 */
export const PHISHING_RESISTANT = 'phr';
export const TWO_FACTORS = 'https://refeds.org/profile/mfa';
export const ACR_VALUES = [PHISHING_RESISTANT, TWO_FACTORS];

/** What a session of each is good for, besides itself. */
const STANDS_FOR: Readonly<Record<string, readonly string[]>> = { [PHISHING_RESISTANT]: [TWO_FACTORS] };

/** Why somebody who is signed in is asked: the request insists on an `acr`, or would like one. */
export const ACR_REASONS = ['essential_acr', 'voluntary_acr'] as const;

const claimsSchema = z.object({
  id_token: z.object({
    acr: z.object({ essential: z.unknown(), value: z.unknown(), values: z.unknown() }).partial().nullish(),
  }),
});
type AcrRequest = NonNullable<z.infer<typeof claimsSchema>['id_token']['acr']>;

type Oidc = KoaContextWithOIDC['oidc'];
/** Of an authorization request, as the engine has checked and keeps them. */
type Params = Readonly<Record<string, unknown>>;

/**
 * Asks somebody to sign in again when the request insists on an `acr` that the session does not have. When we have none of those, or the person
 * has just signed in without, it is an error and no question without end (OpenID Connect Core 1.0 section 5.5.1.1).
 * @throws CustomOIDCProviderError `unmet_authentication_requirements` (its own specification, section 2)
 */
export const insistsOnAcr = new interactionPolicy.Check(
  ACR_REASONS[0],
  'the requested acr needs another way to sign in',
  'login_required',
  ({ oidc }) => {
    const wanted = essentialAcrs(oidc);
    if (wanted.length === 0 || satisfies(oidc.session?.acr, wanted)) return false;
    if (!isJustSignedIn(oidc) && wanted.some((acr) => ACR_VALUES.includes(String(acr)))) return true;
    throw new errors.CustomOIDCProviderError(
      'unmet_authentication_requirements',
      `the person did not sign in as acr requires; acr can be ${ACR_VALUES.join(', ')}`,
    );
  },
);

/** Asks whoever has a second factor for it when the request would like two factors. Nobody else is asked, because it is no condition. */
export function wouldLikeAcr({ rows }: Pick<RealmContext, 'rows'>): interactionPolicy.Check {
  return new interactionPolicy.Check(
    ACR_REASONS[1],
    'the requested acr needs a second factor',
    'login_required',
    async ({ oidc }) => {
      const { session, prompts, params = {} } = oidc;
      const wanted = requestedAcrs(params);
      if (!wanted.includes(TWO_FACTORS) || prompts.has('none') || session?.accountId === undefined) return false;
      if (isJustSignedIn(oidc) || satisfies(session.acr, wanted)) return false;
      return hasSecondFactor({ rows }, { id: session.accountId });
    },
  );
}

/** What the credential says: of what the session is good for, the first that was asked for. */
export function acrFor({ session, params = {} }: Oidc): string | undefined {
  const acr = session?.acr;
  return requestedAcrs(params).find((each): each is string => satisfies(acr, [each])) ?? acr;
}

/** Whether an authorization request asks for two factors, as a condition or not. */
export function wantsTwoFactors(params: Params): boolean {
  return requestedAcrs(params).includes(TWO_FACTORS);
}

/** In the order of the app's preference, whether or not it insists. */
function requestedAcrs(params: Params): unknown[] {
  const { acr_values: voluntary } = params;
  return [...acrsOf(acrClaim(params)), ...(typeof voluntary === 'string' ? voluntary.split(' ') : [])];
}

function essentialAcrs({ params = {} }: Oidc): unknown[] {
  const request = acrClaim(params);
  if (!request.essential) return [];
  if (request.values !== undefined && !Array.isArray(request.values))
    throw new errors.InvalidRequest('invalid claims.id_token.acr.values type');
  return acrsOf(request);
}

/** From the parameter itself, because the engine forgets it when there are `acr_values`, too (its lib/actions/authorization/claims.js). */
function acrClaim({ claims }: Params): AcrRequest {
  const parsed: unknown = typeof claims === 'string' ? JSON.parse(claims) : undefined;
  return claimsSchema.safeParse(parsed).data?.id_token.acr ?? {};
}

function acrsOf({ value, values }: AcrRequest): unknown[] {
  return [...(value === undefined ? [] : [value]), ...(Array.isArray(values) ? values : [])];
}

function satisfies(acr: string | undefined, wanted: readonly unknown[]): boolean {
  return acr !== undefined && [acr, ...(STANDS_FOR[acr] ?? [])].some((each) => wanted.includes(each));
}

function isJustSignedIn(oidc: Oidc): boolean {
  return (oidc as { result?: { login?: unknown } }).result?.login !== undefined;
}
