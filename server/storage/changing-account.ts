import {
  type BuiltInClaim,
  CLAIMS,
  type Claim,
  hasReached,
  type OwnName,
  type Realm,
} from '@signup-with-platform/protocol';
import { type Kysely, PostgresAdapter } from 'kysely';
import { fromJson } from './columns.ts';
import { type GrantPayload, grantedClaims } from './granted-claims.ts';
import { type OwnClaims, PROFILE_COLUMN_NAMES, type ProfileRow } from './profile-columns.ts';
import type { Json, Tables } from './tables.ts';
import { noteUserEvent, whenTold } from './webhook-events.ts';

interface State extends ProfileRow {
  email: string | null;
  email_verified_at: number | null;
}

/**
 * Changes an account, and tells the vendors with whom the person shares what has changed: them alone, and of nothing else.
 * @param write changes it, in the database that it is given, which is a transaction when somebody is told
 */
export function changingAccount<Result>(
  db: Kysely<Tables>,
  realm: Realm,
  accountId: string,
  write: (db: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  return whenTold(
    db,
    { realm },
    {
      untold: write,
      told: async (trx) => {
        const before = await stateOf(trx, realm, accountId);
        const result = await write(trx);
        const after = before && (await stateOf(trx, realm, accountId));
        if (after) await tellVendors(trx, realm, accountId, before, after);
        return result;
      },
    },
  );
}

/** The row is locked, so that of two changes at the same moment each is compared with what the other has left. */
function stateOf(trx: Kysely<Tables>, realm: Realm, accountId: string): Promise<State | undefined> {
  return trx
    .selectFrom('accounts')
    .select(PROFILE_COLUMN_NAMES)
    .select(['email', 'email_verified_at'])
    .where('realm', '=', realm)
    .where('id', '=', accountId)
    .$if(trx.getExecutor().adapter instanceof PostgresAdapter, (account) => account.forNoKeyUpdate())
    .executeTakeFirst();
}

async function tellVendors(
  trx: Kysely<Tables>,
  realm: Realm,
  accountId: string,
  before: State,
  after: State,
): Promise<void> {
  const isProven =
    after.email_verified_at !== null && (before.email_verified_at === null || before.email !== after.email);
  // That an address is proven now is an event of its own.
  const changed = changedClaims(before, after).filter((claim) => claim !== 'email_verified' || !isProven);
  if (changed.length === 0 && !isProven) return;
  const users = await trx
    .selectFrom('users')
    .innerJoin('grants', (join) =>
      join
        .onRef('grants.client_id', '=', 'users.client_id')
        .onRef('grants.account_id', '=', 'users.account_id')
        .onRef('grants.realm', '=', 'users.realm'),
    )
    .select(['users.id', 'users.client_id', 'grants.payload'])
    .where('users.account_id', '=', accountId)
    .where('users.realm', '=', realm)
    .execute();
  for (const { id: userId, client_id: clientId, payload } of users) {
    const granted = grantedClaims(fromJson(payload) as GrantPayload);
    const user = { clientId, userId };
    const shared = changed.filter((claim) => granted.has(claim));
    await noteUserEvent(trx, realm, { type: 'user.updated', ...user, changed: shared });
    if (isProven && (granted.has('email') || granted.has('email_verified')))
      await noteUserEvent(trx, realm, { type: 'email.verified', ...user });
  }
}

/** What differs, the operator's own fields included. */
function changedClaims(before: State, after: State): Claim[] {
  const [own, ownNow] = [
    fromJson(before.own_claims as Json<OwnClaims> | null),
    fromJson(after.own_claims as Json<OwnClaims> | null),
  ];
  const names = new Set(Object.keys({ ...own, ...ownNow })) as Set<OwnName>;
  return [
    ...CLAIMS.filter((claim) => claimIn(claim, before) !== claimIn(claim, after)),
    ...[...names].filter((name) => JSON.stringify(own?.[name]) !== JSON.stringify(ownNow?.[name])),
  ];
}

/** Each claim has a column of its name, except for those that are made of others. */
function claimIn(claim: BuiltInClaim, state: State): unknown {
  switch (claim) {
    case 'name':
      return JSON.stringify([state.given_name, state.family_name]);
    case 'email_verified':
      return state.email_verified_at !== null;
    case 'phone_number_verified':
      return state.phone_number !== null && state.phone_number === state.verified_phone_number;
    case 'is_over_16':
    case 'is_over_18':
    case 'is_over_21':
      return state.birthdate === null ? undefined : hasReached(Number(claim.slice(-2)), state.birthdate);
    default:
      return state[claim];
  }
}
