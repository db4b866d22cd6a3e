import type Provider from 'oidc-provider';
import { foundSoFar } from './engine-internals.ts';
import type { EngineHooks } from './hooks.ts';
import { FIRST_PAGE_IN_PLACE } from './provider-routes.ts';
import { RESPONSE_MODES } from './request-checks.ts';

export type Middleware = Parameters<Provider['use']>[0];

/** Answers the popup's first request with the page itself instead of a redirect to it, which saves a round trip. */
export function renderFirstPageInPlace(firstPage: EngineHooks['firstPage']): Middleware {
  return async (ctx, next) => {
    await next();
    const interaction = foundSoFar(ctx).entities?.Interaction;
    if (!(FIRST_PAGE_IN_PLACE in ctx.req) || ctx.status !== 303 || !interaction) return;
    ctx.remove('location');
    ctx.status = 200;
    await firstPage(ctx, interaction);
  };
}

/** Corrects the response modes in the discovery document, because the engine's own list cannot be configured. */
export const announceResponseModes: Middleware = async (ctx, next) => {
  await next();
  const { body } = ctx as { body?: { response_modes_supported?: readonly string[] } | undefined };
  if (body?.response_modes_supported) body.response_modes_supported = RESPONSE_MODES;
};

/** Removes the type `text/plain` from empty responses, such as a revocation's, because oidc-client-ts accepts only JSON or no type. */
export const leaveEmptyUntyped: Middleware = async (ctx, next) => {
  await next();
  if ((ctx as { body?: unknown }).body === '') ctx.remove('content-type');
};
