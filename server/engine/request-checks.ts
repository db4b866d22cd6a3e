import { FORM_POST, WEB_MESSAGE } from '@signup-with-platform/protocol';
import { type Client, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { isOfPlatform } from '../domain/apps/addresses.ts';
import type { FieldCatalogue } from '../domain/claims/catalogue.ts';
import { registeredClaims } from '../domain/consent/registered-claims.ts';
import { mayPassSilently } from './asker.ts';
import { appOf } from './clients.ts';
import { sentParameter } from './engine-internals.ts';

/** The response modes that we offer. */
export const RESPONSE_MODES = ['query', 'fragment', FORM_POST, WEB_MESSAGE];

/** Those whose answer is in no address, and so in no history, log or Referer. */
const MODES_OF_CREDENTIALS: ReadonlySet<unknown> = new Set([FORM_POST, WEB_MESSAGE]);

/** The members of the parameter `claims` that the engine knows, and has found to be objects. Others may be there, and say nothing to us. */
interface ClaimsParameter {
  readonly id_token?: object | undefined;
  readonly userinfo?: object | undefined;
}

/** Refuses a request for claims of fields that the app has not registered. */
export function assertRegisteredClaims(catalogue: FieldCatalogue, claims: ClaimsParameter, client: Client): void {
  const registered = registeredClaims(appOf(client), catalogue);
  for (const target of [claims.id_token, claims.userinfo]) {
    for (const claim of Object.keys(target ?? {})) {
      if (catalogue.has(claim) && !registered.has(claim)) {
        throw new errors.InvalidRequest(`the app has not registered the field of claim '${claim}'`);
      }
    }
  }
}

/** Refuses a response type that names a value twice: it is a set, and the engine would take the two for one. */
export function assertNamesNoTypeTwice(ctx: KoaContextWithOIDC): void {
  const values = sentParameter(ctx, 'response_type')?.split(' ') ?? [];
  if (new Set(values).size < values.length)
    throw new errors.UnsupportedResponseType('response_type names a value twice');
}

/**
 * Refuses a credential in an address: a redirect carries only a code, a form or a message carries either. A code is bound to the client, works
 * once and for a minute, so the query, which is its default, and the fragment, which no server logs, may carry it (RFC 9700 section 4.3).
 */
export function assertTargetFitsMode({ oidc }: KoaContextWithOIDC): void {
  const { params, route } = oidc;
  // A device asks for its tokens itself (RFC 8628).
  if (route === 'device_authorization') return;
  if (!params || params['response_type'] === 'code' || MODES_OF_CREDENTIALS.has(params['response_mode'])) return;
  throw new errors.InvalidRequest('a redirect carries only a code; use response_type=code, or response_mode=form_post');
}

/**
 * Refuses `prompt=none` before it is known who is signed in, and so alike for everybody, unless the answer stays with the app (invariant 15):
 * a hostile page sees where the window that it opened ends.
 */
export function assertMayAskSilently(ctx: KoaContextWithOIDC, publicUrl: string): void {
  // A backend that pushes its request is no page. The browser that brings it is asked.
  if (ctx.oidc.route === 'pushed_authorization_request') return;
  if (ctx.oidc.prompts.has('none') && !mayPassSilently(ctx, publicUrl))
    throw new errors.InteractionRequired('prompt=none requires that the request comes from a page of the app');
}

/** Refuses a `relay_uri` (where a response goes when it cannot be posted) that is not exactly one of the app's redirect URIs. */
export function assertRelayRegistered(value: string | undefined, client: Client, publicUrl: string): void {
  if (value === undefined) return;
  if (!appOf(client).redirectUris.includes(value) || isOfPlatform(value, publicUrl))
    throw new errors.InvalidRequest('relay_uri is not registered');
}
