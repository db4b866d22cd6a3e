import { CLAIMS, type Claim, inOrder, type Realm } from '@signup-with-platform/protocol';
import type { Kysely } from 'kysely';
import { grantedClaims } from './granted-claims.ts';
import type { Tables } from './tables.ts';
import { noteUserEvent } from './webhook-events.ts';

interface OfGrant {
  realm: Realm;
  clientId: string;
  accountId: string;
}

/**
 * Tells a vendor that somebody has agreed for the first time, or again after disconnecting.
 * @param trx the transaction that makes the grant; the user is there by then
 */
export async function tellOfFirstConsent(
  trx: Kysely<Tables>,
  { realm, clientId, accountId }: OfGrant,
  payload: Record<string, unknown>,
): Promise<void> {
  const user = await userOf(trx, { realm, clientId, accountId });
  if (!user) return;
  const { id: userId, first_credential_at: known } = user;
  await (known === null
    ? noteUserEvent(trx, realm, { type: 'user.created', clientId, userId })
    : tellOfClaims(trx, realm, { clientId, userId }, [...grantedClaims(payload)]));
}

/** Tells a vendor what somebody shares now and did not before, or the other way round. */
export async function tellOfConsent(
  trx: Kysely<Tables>,
  of: OfGrant,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Promise<void> {
  const [shared, sharedNow] = [grantedClaims(before), grantedClaims(after)];
  const changed = [...shared, ...sharedNow].filter((claim) => shared.has(claim) !== sharedNow.has(claim));
  if (changed.length === 0) return;
  const user = await userOf(trx, of);
  if (user) await tellOfClaims(trx, of.realm, { clientId: of.clientId, userId: user.id }, changed);
}

/** Tells a vendor that nothing is shared any more. */
export async function tellOfDisconnection(trx: Kysely<Tables>, of: OfGrant): Promise<void> {
  const user = await userOf(trx, of);
  if (user) await noteUserEvent(trx, of.realm, { type: 'user.disconnected', clientId: of.clientId, userId: user.id });
}

function tellOfClaims(
  trx: Kysely<Tables>,
  realm: Realm,
  user: { clientId: string; userId: string },
  claims: readonly Claim[],
): Promise<void> {
  const changed = inOrder<Claim>(CLAIMS, claims);
  return noteUserEvent(trx, realm, { type: 'user.consent_changed', ...user, changed });
}

function userOf(trx: Kysely<Tables>, { realm, clientId, accountId }: OfGrant) {
  return trx
    .selectFrom('users')
    .select(['id', 'first_credential_at'])
    .where('realm', '=', realm)
    .where('client_id', '=', clientId)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
}
