import { isClaim, WEB_MESSAGE } from '@signup-with-platform/protocol';
import { type Client, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { registeredClaims } from '../domain/consent/registered-claims.ts';
import { appOf } from './clients.ts';

/** How a response may travel. The engine knows more; its form_post page would need a script that our policy forbids. */
export const RESPONSE_MODES = ['query', 'fragment', WEB_MESSAGE];

/** An app may ask for what it registered, one claim at a time. */
export function assertRegisteredClaims(_ctx: unknown, claims: object, client: Client): void {
  const registered = registeredClaims(appOf(client));
  for (const target of Object.values(claims) as object[]) {
    for (const claim of Object.keys(target)) {
      if (isClaim(claim) && !registered.has(claim)) {
        throw new errors.InvalidRequest(`the app has not registered the field of claim '${claim}'`);
      }
    }
  }
}

/** A credential travels by message only; by redirect there is a code. */
export function assertTargetFitsMode(ctx: KoaContextWithOIDC): void {
  const { params } = ctx.oidc;
  if (!params) return;
  const mode = params['response_mode'];
  if (typeof mode === 'string' && !RESPONSE_MODES.includes(mode)) {
    // The error cannot be delivered by a mode that we do not offer.
    params['response_mode'] = undefined;
    throw new errors.UnsupportedResponseMode();
  }
  if (mode !== WEB_MESSAGE && params['response_type'] !== 'code') {
    throw new errors.InvalidRequest('a redirect carries a code; use response_type=code');
  }
}

/** Where a response may go instead of being posted is one of the app's redirect URIs, exactly. */
export function assertRelayRegistered(_ctx: unknown, value: string | undefined, client: Client): void {
  if (value !== undefined && !appOf(client).redirectUris.includes(value))
    throw new errors.InvalidRequest('relay_uri is not registered');
}
