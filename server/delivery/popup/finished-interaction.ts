import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { USER_CODE_PARAMETER } from '../../engine/device-codes.ts';
import type { Interaction } from '../../engine/engine-internals.ts';
import { isOfBrowser } from '../../engine/interactions.ts';
import { ANSWERED_BY_SIGN_IN, withoutPrompts } from '../../engine/prompts.ts';
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
  const params = record.payload['params'] as Params;
  // The person has signed in, or chosen an account, already.
  return authorizationUrl(context, withoutPrompts(params, ANSWERED_BY_SIGN_IN));
}

/**
 * Where a form leads that is sent again after the browser has followed the first answer, and given up the page that came of it. The first
 * answer leads on once only, so while nobody has followed it, this is undefined.
 */
export async function continuationIfOver(
  context: RealmContext,
  { params, raw }: FastifyRequest,
): Promise<string | undefined> {
  const { uid } = params as { uid: string };
  const isUnderWay = (await context.rows.oidcRecords.find('Interaction', uid)) !== undefined;
  return isUnderWay ? undefined : continuationOf(context, raw, uid);
}

/** The same request, to be made again. */
export function authorizationUrl({ issuer }: RealmContext, params: Params): string {
  const { [USER_CODE_PARAMETER]: userCode } = params;
  if (typeof userCode === 'string') {
    const typed = new URLSearchParams({ [USER_CODE_PARAMETER]: userCode });
    return `${issuer}${PROVIDER_ROUTES.code_verification}?${typed}`;
  }
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (typeof value === 'string') query.set(name, value);
  return `${issuer}${PROVIDER_ROUTES.authorization}?${query}`;
}
