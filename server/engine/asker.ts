import type { IncomingHttpHeaders } from 'node:http';
import { isClaimed, WEB_MESSAGE } from '@signup-with-platform/protocol';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { appOf } from './clients.ts';
import { foundSoFar } from './engine-internals.ts';
import { hasOwnFedcmTicket } from './fedcm-ticket.ts';
import { mayBeImitated } from './native-app.ts';
import { CONTINUE_PROMPT, DEVICE_PROMPT } from './prompts.ts';

/**
 * Whom an authorization request comes from:
 * - `app`: a page of the app that asks, or one of ours in the middle of a journey, as no app has an address of ours (domain/apps/addresses.ts);
 * - `nobody`: no page at all. The address was typed, a bookmark, or in another program;
 * - `elsewhere`: any other page, or one that does not say.
 */
export type Asker = 'app' | 'nobody' | 'elsewhere';

/**
 * Says so by what browsers send and no page can change: the Referer's origin, and the request's metadata (Fetch Metadata), which older
 * browsers and plain http lack. A redirect keeps both.
 * @param own the origins of the pages that may ask
 */
export function askerOf(headers: IncomingHttpHeaders, publicUrl: string, own: readonly string[]): Asker {
  const { 'sec-fetch-site': site, 'sec-fetch-dest': dest = 'document' } = headers;
  if (dest !== 'document') return 'elsewhere';
  if (site === 'none') return 'nobody';
  const origin = originOf(headers.referer);
  if (site === undefined ? origin === publicUrl : site === 'same-origin') return 'app';
  return origin !== undefined && own.includes(origin) ? 'app' : 'elsewhere';
}

function originOf(referer: string | undefined): string | undefined {
  return referer !== undefined && URL.canParse(referer) ? new URL(referer).origin : undefined;
}

/** A message goes to one page, which has to be the one that asks. A redirect goes to the vendor's server, and any page of the app may begin it. */
function askerOfRequest(ctx: KoaContextWithOIDC, publicUrl: string): Asker {
  const { oidc, req } = ctx;
  const { client, params } = oidc;
  if (!client || !params) return 'elsewhere';
  // It was given to the page by way of the browser itself (fedcm-ticket.ts).
  if (hasOwnFedcmTicket(ctx)) return 'app';
  const { kind, origins, redirectUris } = appOf(client);
  const own = isByMessage(params)
    ? [String(params['redirect_uri'])]
    : [
        ...origins,
        ...redirectUris.filter((uri) => kind === 'web' || isClaimed(uri)).flatMap((uri) => originOf(uri) ?? []),
      ];
  return askerOf(req.headers, publicUrl, own);
}

function isByMessage(params: Readonly<Record<string, unknown>>): boolean {
  return params['response_mode'] === WEB_MESSAGE;
}

/** Whether a person has just decided something on a page of ours, to which the request is the sequel. */
function isAfterAnAct({ oidc }: KoaContextWithOIDC): boolean {
  return oidc.route === 'resume';
}

/** Whether a person has agreed in this very attempt, or said that they want to go on. */
function hasAgreedNow({ result }: KoaContextWithOIDC['oidc']): boolean {
  return result !== undefined && ('consent' in result || CONTINUE_PROMPT in result);
}

/**
 * Whether who has agreed before may pass without a click (invariant 15). A page that opens the window sees it close, or go on to another
 * site, and so would learn whose customer the person is: only the app's own may. An app of the device that could be another one than it says
 * never does, not even right after a sign-in: the person has to have seen where the answer goes.
 */
export function mayPassSilently(ctx: KoaContextWithOIDC, publicUrl: string): boolean {
  // The answer goes to the device, which the person has said is theirs.
  if (ctx.oidc.deviceCode) return DEVICE_PROMPT in (ctx.oidc.result ?? {});
  if (mayBeImitated(ctx.oidc)) return hasAgreedNow(ctx.oidc);
  if (isAfterAnAct(ctx)) return true;
  const asker = askerOfRequest(ctx, publicUrl);
  return asker === 'app' || (asker === 'nobody' && !isByMessage(ctx.oidc.params ?? {}));
}

/** Whether an attempt began at a page of the app that asks. @param ctx of a request that the engine has answered */
export function isFromApp(ctx: object, publicUrl: string): boolean {
  const { client, params } = foundSoFar(ctx);
  return client !== undefined && params !== undefined && askerOfRequest(ctx as KoaContextWithOIDC, publicUrl) === 'app';
}

/**
 * Whether the browser may be sent to the app at once. Otherwise the platform's address would be a way to send people anywhere, because
 * anybody can register an app (RFC 9700 section 4.11.2).
 */
export function mayLeave(ctx: KoaContextWithOIDC, publicUrl: string): boolean {
  return isAfterAnAct(ctx) || askerOfRequest(ctx, publicUrl) === 'app';
}
