import type { IncomingMessage } from 'node:http';
import type { Interaction } from '../../engine/engine-internals.ts';
import { isOfBrowser } from '../../engine/interactions.ts';
import { PROVIDER_ROUTES } from '../../engine/provider-routes.ts';
import type { RealmContext } from '../../http/realm-context.ts';

const MODEL = 'FinishedInteraction';
/** The popup's history matters for the lifetime of an interaction. */
const LIFETIME_SECONDS = 60 * 60;

/** The authorization request that an interaction is about. */
type Params = Record<string, unknown>;

/** Keeps what an interaction was about, because the browser's back button may return to it. */
export async function rememberFinished({ rows }: RealmContext, { uid, params, browser }: Interaction) {
  await rows.oidcRecords.save(MODEL, uid, { params, browser }, LIFETIME_SECONDS);
}

/** Where the journey of a finished interaction goes on, in the browser that it was in: at whatever is still to be asked. */
export async function continuationOf(
  context: RealmContext,
  request: IncomingMessage,
  uid: string,
): Promise<string | undefined> {
  const record = await context.rows.oidcRecords.find(MODEL, uid);
  if (!record || !isOfBrowser(context, request, record.payload)) return undefined;
  const { prompt, ...params } = record.payload['params'] as Params;
  // The person has signed in again already.
  return authorizationUrl(context, prompt === 'login' ? params : { ...params, prompt });
}

/** The same request, to be made again. */
export function authorizationUrl({ issuer }: RealmContext, params: Params): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (typeof value === 'string') query.set(name, value);
  return `${issuer}${PROVIDER_ROUTES.authorization}?${query}`;
}
