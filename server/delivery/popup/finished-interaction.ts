import type { IncomingMessage } from 'node:http';
import { authorizationUrl } from '../../engine/authorization-url.ts';
import type { Interaction } from '../../engine/engine-internals.ts';
import { isOfBrowser } from '../../engine/interactions.ts';
import { ANSWERED_BY_SIGN_IN, withoutPrompts } from '../../engine/prompts.ts';
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
  const params = record.payload['params'] as Params;
  // The person has signed in, or chosen an account, already.
  return authorizationUrl(context, withoutPrompts(params, ANSWERED_BY_SIGN_IN));
}
