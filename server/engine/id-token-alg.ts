import { CREDENTIAL_ALG, ID_TOKEN_ALGS, type IdTokenAlg, WEB_MESSAGE } from '@signup-with-platform/protocol';
import { errors, type KoaContextWithOIDC, type default as Provider } from 'oidc-provider';
import { appOf } from './clients.ts';
import { currentRequest, decideIdTokenAlg, keepProperty } from './engine-internals.ts';

/** The parameter by which the popup and FedCM ask for the algorithm that the element accepts, also of a token that a code is redeemed for. */
export const ID_TOKEN_ALG_PARAMETER = 'id_token_alg';

/** Property of codes and refresh tokens. Those of earlier versions lack it, and all their ID tokens were ES256. */
const PROPERTY = 'idTokenAlg';
/** What an ID token is issued for. */
type Source = { readonly [PROPERTY]?: IdTokenAlg };

/**
 * Decides how an ID token is signed: for a request of the popup or of FedCM as the element accepts it, for every other one as the app has
 * chosen. It is decided when the request is answered, whoever redeems the code and whatever the app chooses later, and refreshing keeps it.
 */
export function decideIdTokenAlgs(provider: Provider): void {
  const kept = ({ oidc }: KoaContextWithOIDC): IdTokenAlg | undefined => {
    const { AuthorizationCode: code, DeviceCode, RotatedRefreshToken, RefreshToken } = oidc.entities;
    if (DeviceCode) return undefined;
    const source = code ?? RotatedRefreshToken ?? RefreshToken;
    return source && ((source as Source)[PROPERTY] ?? CREDENTIAL_ALG);
  };
  keepProperty(provider, 'AuthorizationCode', PROPERTY, () => {
    const ctx = currentRequest();
    return ctx && algOfRequest(ctx);
  });
  keepProperty(provider, 'RefreshToken', PROPERTY, () => {
    const ctx = currentRequest();
    return ctx && (kept(ctx) ?? algOfRequest(ctx));
  });
  decideIdTokenAlg(provider, {
    toSign: (ctx) => (ctx.oidc.route === 'token' ? kept(ctx) : undefined) ?? algOfRequest(ctx),
    // A hint may have been signed before the app chose another algorithm, or for its element.
    accepted: ID_TOKEN_ALGS,
  });
}

function algOfRequest({ oidc }: KoaContextWithOIDC): IdTokenAlg {
  const { client, params } = oidc;
  return isForElement(params) || !client ? CREDENTIAL_ALG : appOf(client).idTokenAlg;
}

/** Whether the element gets what a request asks for, from the popup or FedCM. @param params of an authorization request */
export function isForElement(params: Readonly<Record<string, unknown>> = {}): boolean {
  return params['response_mode'] === WEB_MESSAGE || params[ID_TOKEN_ALG_PARAMETER] === CREDENTIAL_ALG;
}

/** Refuses another value than the one that the popup sends: an app chooses in its settings. @throws InvalidRequest */
export function assertIdTokenAlg(_ctx: unknown, value: string | undefined): void {
  if (value !== undefined && value !== CREDENTIAL_ALG)
    throw new errors.InvalidRequest(
      `${ID_TOKEN_ALG_PARAMETER} is ${CREDENTIAL_ALG} or absent; apps choose in their settings`,
    );
}
