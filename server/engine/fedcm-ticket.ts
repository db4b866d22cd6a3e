import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { RealmContext } from '../http/realm-context.ts';
import { randomId } from '../storage/ids.ts';
import { continueAttempt } from './attempts.ts';

const MODEL = 'FedcmContinuation';
/** The lifetime of an interaction, which is how long a person may take in the window. */
const LIFETIME_SECONDS = 60 * 60;

/** The FedCM request that the browser's window answers, and the page that gets the answer. */
export interface FedcmRequest {
  readonly clientId: string;
  readonly origin: string;
  readonly nonce: string;
  /** The account that the person chose in the browser's dialog. */
  readonly accountId: string;
  /** Whose events the window's belong to. */
  readonly attempt?: string | undefined;
}

type Rows = Pick<RealmContext, 'rows'>;

/** Stores a browser's FedCM request. @returns the ticket, which is the parameter `fedcm` of the authorization request */
export async function issueFedcmTicket({ rows }: Rows, request: FedcmRequest): Promise<string> {
  const ticket = randomId();
  await rows.oidcRecords.save(MODEL, ticket, { ...request }, LIFETIME_SECONDS);
  return ticket;
}

/** Requests with a ticket for the account that is signed in where they come from. */
const ofThisBrowser = new WeakSet<object>();

/**
 * Whether a request has a ticket that was made for whoever is signed in here. Anybody can have one made for themselves and lead somebody
 * else to it, so another account's proves nothing.
 */
export function hasOwnFedcmTicket({ oidc }: KoaContextWithOIDC): boolean {
  return ofThisBrowser.has(oidc);
}

/** Checks the parameter `fedcm` of an authorization request before a page is shown. */
export async function assertFedcmTicket(
  { rows }: Rows,
  { oidc, req }: KoaContextWithOIDC,
  ticket: string | undefined,
): Promise<void> {
  if (ticket === undefined) return;
  const record = await rows.oidcRecords.find(MODEL, ticket);
  const { client_id: clientId, redirect_uri: origin, nonce } = oidc.params ?? {};
  const kept: Partial<FedcmRequest> = record?.payload ?? {};
  if (kept.clientId !== clientId || kept.origin !== origin || kept.nonce !== nonce || record?.consumedAt)
    throw new errors.InvalidRequest('fedcm does not match a FedCM request of this browser');
  if (kept.accountId === undefined || kept.accountId !== oidc.session?.accountId) return;
  ofThisBrowser.add(oidc);
  continueAttempt(req, kept);
}

/** Marks the ticket as used. @returns whether this was its first use */
export function useFedcmTicket({ rows }: Rows, ticket: string): Promise<boolean> {
  return rows.oidcRecords.consume(MODEL, ticket);
}
