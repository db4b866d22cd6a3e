import type { Realm } from '@signup-with-platform/protocol';
import type { InferResult, Kysely } from 'kysely';
import { type Account, emailKey, toAccount } from './accounts.ts';
import { dateOf, fromJson } from './columns.ts';
import { present } from './present.ts';
import { PROFILE_COLUMN_NAMES, type ProfileRow } from './profile-columns.ts';
import type { Json, Tables } from './tables.ts';

/** A user as the app's backend sees it: one that the vendor has created, or one that stands for an account which gave consent. */
export interface AppUser {
  id: string;
  externalId?: string;
  /** Only of users that the vendor has created. */
  email?: string;
  emailVerified: boolean;
  username?: string;
  passwordHash?: string;
  firstName?: string;
  lastName?: string;
  roles: string[];
  active: boolean;
  lastSigninAt?: Date;
  createdAt: Date;
  updatedAt: Date;
  /** Present when the user came through the popup: the account, and the grant that says what it shares. */
  linked?: { account: Account; grant: Record<string, unknown> };
}

export type NewAppUser = Partial<
  Pick<AppUser, 'email' | 'emailVerified' | 'username' | 'passwordHash' | 'firstName' | 'lastName'>
>;

/** `undefined` leaves a value as it is; `null` removes it. */
export interface AppUserChanges extends Omit<NewAppUser, 'username' | 'firstName' | 'lastName'> {
  username?: string | null;
  firstName?: string | null;
  lastName?: string | null;
  roles?: readonly string[];
  active?: boolean;
  lastSigninAt?: Date;
}

/** The users of an environment, each with its account and grant. Users whose consent has been withdrawn are left out. */
export function selectUsers(db: Kysely<Tables>, realm: Realm, clientId: string) {
  return db
    .selectFrom('users')
    .leftJoin('accounts', (join) =>
      join.onRef('accounts.id', '=', 'users.account_id').onRef('accounts.realm', '=', 'users.realm'),
    )
    .leftJoin('grants', (join) =>
      join
        .onRef('grants.client_id', '=', 'users.client_id')
        .onRef('grants.account_id', '=', 'users.account_id')
        .onRef('grants.realm', '=', 'users.realm'),
    )
    .select([
      'users.id',
      'users.account_id',
      'users.external_id',
      'users.email',
      'users.email_verified_at',
      'users.username',
    ])
    .select(['users.password_hash', 'users.first_name', 'users.last_name', 'users.roles', 'users.deactivated_at'])
    .select(['users.last_signin_at', 'users.created_at', 'users.updated_at', 'grants.payload as grant'])
    .select([
      'accounts.email as account_email',
      'accounts.email_verified_at as account_email_verified_at',
      'accounts.blocked_at as account_blocked_at',
      'accounts.created_at as account_created_at',
      'accounts.updated_at as account_updated_at',
    ])
    .select(PROFILE_COLUMN_NAMES.map((column) => `accounts.${column} as account_${column}` as const))
    .where('users.realm', '=', realm)
    .where('users.client_id', '=', clientId)
    .where((user) => user.or([user('users.account_id', 'is', null), user('grants.id', 'is not', null)]));
}

/** A username as it is looked up: names that look alike because they are the same in NFKC, such as with a ligature, are one name. */
function usernameKey(username: string): string {
  return username.trim().normalize('NFKC').toLowerCase();
}

/** The keys under which a username may lie: earlier versions kept names apart that are the same in NFKC only. */
export function usernameKeys(username: string): string[] {
  return [...new Set([usernameKey(username), emailKey(username)])];
}

/** Columns that are undefined are left as they are: Kysely writes none of them. */
export function columnsOf(user: AppUserChanges, now: number) {
  const timeIf = (isSet: boolean | undefined) => (isSet ? now : isSet === false ? null : undefined);
  return {
    email: user.email,
    email_key: user.email && emailKey(user.email),
    email_verified_at: timeIf(user.emailVerified),
    username: user.username,
    username_key: user.username && usernameKey(user.username),
    password_hash: user.passwordHash,
    first_name: user.firstName,
    last_name: user.lastName,
    roles: user.roles && JSON.stringify(user.roles),
    deactivated_at: timeIf(user.active === undefined ? undefined : !user.active),
    last_signin_at: user.lastSigninAt?.getTime(),
  };
}

/** A user with its account and grant, whose columns are null when the vendor has created the user. */
type JoinedRow = InferResult<ReturnType<typeof selectUsers>>[number];

export function toAppUser(row: JoinedRow): AppUser {
  const linked = row.account_id !== null && row.grant !== null ? linkOf(row, row.account_id, row.grant) : undefined;
  return present<AppUser>({
    id: row.id,
    externalId: row.external_id,
    email: row.email,
    emailVerified: row.email_verified_at !== null,
    username: row.username,
    passwordHash: row.password_hash,
    firstName: row.first_name,
    lastName: row.last_name,
    roles: fromJson(row.roles) ?? [],
    active: row.deactivated_at === null,
    lastSigninAt: dateOf(row.last_signin_at),
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
    linked,
  });
}

function linkOf(
  row: JoinedRow,
  accountId: string,
  grant: Json<Record<string, unknown>>,
): NonNullable<AppUser['linked']> {
  return {
    grant: fromJson(grant),
    account: toAccount({
      id: accountId,
      email: row.account_email,
      email_verified_at: row.account_email_verified_at,
      ...profileRow(row),
      blocked_at: row.account_blocked_at,
      created_at: row.account_created_at ?? 0,
      updated_at: row.account_updated_at ?? 0,
      password_hash: null,
      foreign_password: null,
      foreign_password_cost: null,
      persona: null,
      browser_hash: null,
      sandbox_app_id: null,
      other_addresses: null,
      deletion_due_at: null,
      passkey_offered_at: null,
      new_password_due_at: null,
      sign_out_count: 0,
      expires_at: null,
    }),
  };
}

/** The profile's columns of the account behind a user. */
function profileRow(row: JoinedRow): ProfileRow {
  const columns = PROFILE_COLUMN_NAMES.map((column) => [column, row[`account_${column}`]]);
  return Object.fromEntries(columns) as ProfileRow;
}
