import { z } from 'zod';
import { isOfPlatform } from '#domain/apps/addresses.ts';
import type { IdTokenHints } from '#engine/id-token-hint.ts';
import { withQuery } from '#http/add-parameters.ts';
import type { RealmContext } from '#http/realm-context.ts';
import { seal, unseal } from '#http/sealed.ts';
import type { AppEnvironment } from '#storage/app-environments.ts';
import { assertUsable } from '../entry/asking-app.ts';
import { PopupError } from '../popup-error.ts';

/** What a vendor asks for when it signs a person out (OpenID Connect RP-Initiated Logout 1.0 section 2), checked. */
export interface LogoutRequest {
  /** Which app asks, as it says itself; with a hint, as the ID token says. */
  app?: AppEnvironment | undefined;
  /** Whom it means, by an ID token that we have issued to it. */
  hint?: { userId: string; sid?: string | undefined } | undefined;
  /** Whom it means, in its own words. */
  logoutHint?: string | undefined;
  /** One of the app's registered addresses, to which the browser goes afterwards, with `state`. */
  returnTo?: string | undefined;
  state?: string | undefined;
  uiLocales?: string | undefined;
  /** What was sent and is of no use, for the vendor's developers. */
  developerHint?: string | undefined;
}

const PARAMETERS = [
  'id_token_hint',
  'logout_hint',
  'client_id',
  'post_logout_redirect_uri',
  'state',
  'ui_locales',
] as const;
type Parameters = { readonly [Name in (typeof PARAMETERS)[number]]?: string | undefined };

/** Parameters from a query or a form. An empty one counts as none (RFC 6749 section 3.1). @throws PopupError when one is given twice */
export function parametersIn(values: Readonly<Record<string, unknown>>): Parameters {
  return Object.fromEntries(
    PARAMETERS.map((name) => {
      const value = values[name];
      if (value !== undefined && typeof value !== 'string')
        throw new PopupError('invalid_request', `${name} must be given once, as text.`);
      return [name, value || undefined];
    }),
  );
}

/** @throws PopupError for a request that is not as registered: the browser is sent nowhere then, and nobody is signed out */
export async function checkLogoutRequest(
  context: RealmContext,
  hints: IdTokenHints,
  given: Parameters,
): Promise<LogoutRequest> {
  const read = given.id_token_hint === undefined ? undefined : await hints.read(given.id_token_hint);
  if (read?.outcome === 'invalid') throw new PopupError('invalid_request', `id_token_hint is refused: ${read.reason}.`);
  const hint = read?.outcome === 'valid' ? read : undefined;
  if (hint && given.client_id !== undefined && given.client_id !== hint.clientId)
    throw new PopupError('invalid_request', 'client_id is not the one to which id_token_hint was issued.');
  const clientId = hint?.clientId ?? given.client_id;
  const app = clientId === undefined ? undefined : await findApp(context, clientId);
  const uri = given.post_logout_redirect_uri;
  if (app && uri !== undefined) assertRegistered(context, app, uri);
  return {
    app,
    hint: hint && { userId: hint.userId, sid: hint.sid },
    logoutHint: given.logout_hint,
    returnTo: app && uri,
    state: given.state,
    uiLocales: given.ui_locales,
    developerHint: !app && uri !== undefined ? NOBODYS_ADDRESS : undefined,
  };
}

const NOBODYS_ADDRESS =
  'post_logout_redirect_uri was not used, because nothing says whose it is: send client_id, or an id_token_hint whose key is still published.';

async function findApp({ storage, realm }: RealmContext, clientId: string): Promise<AppEnvironment> {
  const app = await storage.appEnvironments.findByClientId(clientId);
  if (!app || app.realm !== realm) throw new PopupError('unknown_app', 'No app of this realm has the client_id.');
  assertUsable(app);
  return app;
}

/** Exactly as registered: nothing added, nothing decoded. Otherwise this would lead anywhere (RFC 9700 section 4.11). */
function assertRegistered({ events, config }: RealmContext, app: AppEnvironment, uri: string): void {
  if (app.postLogoutRedirectUris.includes(uri) && !isOfPlatform(uri, config.publicUrl)) return;
  const hint = 'post_logout_redirect_uri is not registered for this environment, exactly as it was sent.';
  events.record(app.clientId, { kind: 'popup.refused', detail: { reason: 'redirect_uri_not_registered', hint } });
  throw new PopupError('invalid_request', hint);
}

/** Where the browser goes after the sign-out. The registered address stays as it is, character by character. */
export function returnAddress({ returnTo, state }: LogoutRequest): string | undefined {
  if (returnTo === undefined || state === undefined) return returnTo;
  return withQuery(returnTo, { state });
}

const PURPOSE = 'logout request';
/** Longer than anybody looks at the page. */
const LIFETIME_MS = 30 * 60 * 1000;
const keptSchema = z.object({
  until: z.number(),
  clientId: z.string().optional(),
  hint: z.object({ userId: z.string(), sid: z.string().optional() }).optional(),
  logoutHint: z.string().optional(),
  returnTo: z.string().optional(),
  state: z.string().optional(),
  uiLocales: z.string().optional(),
  developerHint: z.string().optional(),
});

/** A checked request as text that only this server can read, so that an ID token, which tells of a person, need not be in an address. */
export function sealRequest({ cookieKey }: RealmContext, { app, ...request }: LogoutRequest): Promise<string> {
  const kept = { ...request, clientId: app?.clientId, until: Date.now() + LIFETIME_MS };
  return seal(JSON.stringify(kept), cookieKey, PURPOSE);
}

/** The app is read again, because it may have changed. @throws PopupError */
export async function unsealRequest(context: RealmContext, sealed: string): Promise<LogoutRequest> {
  const text = await unseal(sealed, context.cookieKey, PURPOSE).catch((cause) => {
    throw new PopupError('invalid_request', 'request is not one that this server has made.', { cause });
  });
  const { until, clientId, ...request } = keptSchema.parse(JSON.parse(text));
  if (until < Date.now()) throw new PopupError('expired');
  const app = clientId === undefined ? undefined : await findApp(context, clientId);
  if (app && request.returnTo !== undefined) assertRegistered(context, app, request.returnTo);
  return { ...request, app };
}
