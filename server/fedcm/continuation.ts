import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import { PROVIDER_ROUTES } from '../openid/provider-routes.ts';
import { authorizationRequest, type PopupParameters } from '../popup/entry.ts';
import type { RealmContext } from '../realm.ts';
import type { AppEnvironment } from '../storage/app-environments.ts';
import { randomId } from '../storage/ids.ts';

const MODEL = 'FedcmContinuation';
/** As long as a person may take in the window: the lifetime of an interaction. */
const LIFETIME_SECONDS = 60 * 60;

/** What the window that a browser opened for FedCM answers, and to which page. */
interface Continuation {
  readonly clientId: string;
  readonly origin: string;
  readonly nonce: string;
}

/**
 * Where the browser goes on when a person has to be asked something: our own consent, in a window of the browser's. It has no opener and
 * names no page, so a ticket says for which app, page and nonce the browser asked; without one, a window hands nothing to FedCM.
 */
export async function continueOn(
  { issuer, rows }: RealmContext,
  app: AppEnvironment,
  origin: string,
  request: PopupParameters,
): Promise<string> {
  const ticket = randomId();
  const continuation: Continuation = { clientId: app.clientId, origin, nonce: request.nonce };
  await rows.oidcRecords.save(MODEL, ticket, { ...continuation }, LIFETIME_SECONDS);
  const query = authorizationRequest(app, { client_id: app.clientId, origin, state: ticket }, request);
  query.set('fedcm', ticket);
  return `${issuer}${PROVIDER_ROUTES.authorization}?${query}`;
}

/** Checks the parameter `fedcm` of an authorization request, before anybody is asked anything. */
export async function assertContinuation(
  { rows }: Pick<RealmContext, 'rows'>,
  { oidc }: KoaContextWithOIDC,
  ticket: string | undefined,
): Promise<void> {
  if (ticket === undefined) return;
  const record = await rows.oidcRecords.find(MODEL, ticket);
  const { client_id: clientId, redirect_uri: origin, nonce } = oidc.params ?? {};
  const kept = record?.payload as Continuation | undefined;
  if (kept?.clientId !== clientId || kept?.origin !== origin || kept?.nonce !== nonce || record?.consumedAt)
    throw new errors.InvalidRequest('fedcm names no request of this browser');
}

/** @returns whether the ticket is used for the first time, and now used up */
export function useContinuation({ rows }: Pick<RealmContext, 'rows'>, ticket: string): Promise<boolean> {
  return rows.oidcRecords.consume(MODEL, ticket);
}
