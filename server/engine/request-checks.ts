import { isClaim, WEB_MESSAGE } from '@signup-with-platform/protocol';
import { type Client, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { registeredClaims } from '../domain/consent/registered-claims.ts';
import { mayPassSilently } from './asker.ts';
import { appOf } from './clients.ts';

/** The response modes that we offer. The engine also has form_post, whose page needs a script that our policy forbids. */
export const RESPONSE_MODES = ['query', 'fragment', WEB_MESSAGE];

/** Refuses a request for claims of fields that the app has not registered. */
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

/** Refuses a credential by redirect: a redirect carries only a code, a message carries either. */
export function assertTargetFitsMode(ctx: KoaContextWithOIDC): void {
  const { params } = ctx.oidc;
  if (!params) return;
  const mode = params['response_mode'];
  if (typeof mode === 'string' && !RESPONSE_MODES.includes(mode)) {
    // The error cannot be delivered in a mode that we do not offer, so the parameter is dropped.
    params['response_mode'] = undefined;
    throw new errors.UnsupportedResponseMode();
  }
  if (mode !== WEB_MESSAGE && params['response_type'] !== 'code') {
    throw new errors.InvalidRequest('a redirect carries only a code; use response_type=code');
  }
}

/**
 * Refuses `prompt=none` before it is known who is signed in, and so alike for everybody, unless the answer stays with the app (invariant 15):
 * a hostile page sees where the window that it opened ends.
 */
export function assertMayAskSilently(ctx: KoaContextWithOIDC, publicUrl: string): void {
  if (ctx.oidc.prompts.has('none') && !mayPassSilently(ctx, publicUrl))
    throw new errors.InteractionRequired('prompt=none requires that the request comes from a page of the app');
}

/** Refuses a `relay_uri` (where a response goes when it cannot be posted) that is not exactly one of the app's redirect URIs. */
export function assertRelayRegistered(_ctx: unknown, value: string | undefined, client: Client): void {
  if (value !== undefined && !appOf(client).redirectUris.includes(value))
    throw new errors.InvalidRequest('relay_uri is not registered');
}
