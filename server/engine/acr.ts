import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';

/**
 * How surely somebody proved who they are (`acr`). There is a registered name for a passkey alone: phishing-resistant (OpenID Connect Extended
 * Authentication Profile ACR Values 1.0). A password, and a test person, have none, so they get no claim.
 */
export const PHISHING_RESISTANT = 'phr';
export const ACR_VALUES = [PHISHING_RESISTANT];

interface AcrRequest {
  essential?: boolean;
  value?: unknown;
  values?: unknown;
}

/**
 * Asks somebody to sign in again when the request insists on an `acr` that the session does not have. When we have none of those, or the person
 * has just signed in without, it is an error and no question without end (OpenID Connect Core 1.0 section 5.5.1.1).
 * @throws CustomOIDCProviderError `unmet_authentication_requirements` (its own specification, section 2)
 */
export const insistsOnAcr = new interactionPolicy.Check(
  'essential_acr',
  'the requested acr needs another way to sign in',
  'login_required',
  ({ oidc }) => {
    const wanted = essentialAcrs(oidc);
    if (wanted.length === 0 || wanted.includes(oidc.session?.acr)) return false;
    const isJustSignedIn = (oidc as { result?: { login?: unknown } }).result?.login !== undefined;
    if (!isJustSignedIn && wanted.some((acr) => ACR_VALUES.includes(String(acr)))) return true;
    throw new errors.CustomOIDCProviderError(
      'unmet_authentication_requirements',
      `the person did not sign in as acr requires; acr can be ${ACR_VALUES.join(', ')}`,
    );
  },
);

function essentialAcrs({ claims }: KoaContextWithOIDC['oidc']): unknown[] {
  const {
    essential,
    value,
    values = [],
  } = ((claims.id_token as { acr?: AcrRequest | null } | undefined)?.acr ?? {}) as AcrRequest;
  if (!essential) return [];
  if (!Array.isArray(values)) throw new errors.InvalidRequest('invalid claims.id_token.acr.values type');
  return [...(value === undefined ? [] : [value]), ...values];
}
