import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { RealmContext } from '../http/realm-context.ts';
import { randomId } from '../storage/ids.ts';

const MODEL = 'FedcmContinuation';
/** As long as a person may take in the window: the lifetime of an interaction. */
const LIFETIME_SECONDS = 60 * 60;

/** What the window that a browser opened for FedCM answers, and to which page. */
export interface FedcmRequest {
  readonly clientId: string;
  readonly origin: string;
  readonly nonce: string;
}

type Rows = Pick<RealmContext, 'rows'>;

/** Remembers what a browser asked for. @returns the ticket: the value of the parameter `fedcm` of the authorization request */
export async function issueFedcmTicket({ rows }: Rows, request: FedcmRequest): Promise<string> {
  const ticket = randomId();
  await rows.oidcRecords.save(MODEL, ticket, { ...request }, LIFETIME_SECONDS);
  return ticket;
}

/** Checks the parameter `fedcm` of an authorization request, before anybody is asked anything. */
export async function assertFedcmTicket(
  { rows }: Rows,
  { oidc }: KoaContextWithOIDC,
  ticket: string | undefined,
): Promise<void> {
  if (ticket === undefined) return;
  const record = await rows.oidcRecords.find(MODEL, ticket);
  const { client_id: clientId, redirect_uri: origin, nonce } = oidc.params ?? {};
  const kept: Partial<FedcmRequest> = record?.payload ?? {};
  if (kept.clientId !== clientId || kept.origin !== origin || kept.nonce !== nonce || record?.consumedAt)
    throw new errors.InvalidRequest('fedcm names no request of this browser');
}

/** @returns whether the ticket is used for the first time, and now used up */
export function useFedcmTicket({ rows }: Rows, ticket: string): Promise<boolean> {
  return rows.oidcRecords.consume(MODEL, ticket);
}
