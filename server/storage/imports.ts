import { type Insertable, type Selectable, sql } from 'kysely';
import { changeOwnClaims, type NewAccount } from './accounts.ts';
import { changingAccount } from './changing-account.ts';
import { emailKey } from './email-key.ts';
import { inEvenSizes, padded } from './even-sizes.ts';
import { randomId } from './ids.ts';
import { tombstoneOf } from './import-tombstones.ts';
import { addBelongings, type Belongings, NO_BELONGINGS, namesOf, notYetBrought } from './imported-belongings.ts';
import {
  changesOf,
  marksOf,
  ownClaimsIn,
  partsIn,
  presentIn,
  TOLD_COLUMNS,
  type ToldValues,
  toldBy,
} from './imported-values.ts';
import { changedProfileColumns, profileColumns } from './profile-columns.ts';
import { RealmRepository } from './repository.ts';
import type { AccountRow, ImportedAccountRow, ImportRow } from './tables.ts';
import { countUnused, deleteUnused } from './unused-imports.ts';

export type { Belongings, ImportedConsent, ImportedPasskey } from './imported-belongings.ts';

/** Somebody as another system knows them. */
export interface ImportedPerson {
  /** Of the account. */
  id: string;
  /** `id:` and the other system's own id, or `email:` and the address where it has none. */
  key: string;
  /** Of everything that the row says. */
  digest: string;
  account: NewAccount;
  createdAt?: Date | undefined;
  /** Null where the other system says that the number is not verified. */
  verifiedPhoneNumber?: string | null | undefined;
  /** When the other system saw them last. */
  lastSeenAt?: Date | undefined;
  belongings: Belongings;
}

/** Somebody who was brought before. */
export interface KnownPerson {
  accountId: string;
  digest: string;
  /** What earlier rows have told (imported-values.ts), and what they have brought (imported-belongings.ts). */
  told: string | null;
  brought: string | null;
}

/** What an account says now. */
export type PresentValues = ToldValues & { isBlocked: boolean };

/** An import that was begun. */
export interface Import {
  id: string;
  source: string;
  created: number;
  updated: number;
  startedAt: Date;
  finishedAt?: Date;
}

/** The key of a row that has the other system's own id. */
export function importKeyOf(id: string): string {
  return `id:${id}`;
}

/**
 * Among what was brought: that a row has blocked the account, and when. The account has the same time as long as the block is the row's, because whoever
 * blocks it here, or the directory, gives it another one.
 */
const BLOCKED = 'b';

/** What operators bring into one realm. */
export class ImportRepository extends RealmRepository {
  /** Begins an import, or goes on with one of the same source that has not finished. @returns its id */
  async begin(source: string): Promise<string> {
    const cutOff = await this.db
      .selectFrom('imports')
      .select('id')
      .where('realm', '=', this.realm)
      .where('source', '=', source)
      .where('finished_at', 'is', null)
      .orderBy('started_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (cutOff) return cutOff.id;
    const id = randomId();
    const row = { id, realm: this.realm, source, created: 0, updated: 0, started_at: Date.now() };
    await this.db.insertInto('imports').values(row).execute();
    return id;
  }

  /** Counts what a batch has done, in the batch's own transaction. */
  async count(id: string, { created, updated }: { created: number; updated: number }): Promise<void> {
    await this.db
      .updateTable('imports')
      .set((row) => ({ created: row('created', '+', created), updated: row('updated', '+', updated) }))
      .where('id', '=', id)
      .where('realm', '=', this.realm)
      .execute();
  }

  async finish(id: string): Promise<void> {
    await this.db
      .updateTable('imports')
      .set({ finished_at: Date.now() })
      .where('id', '=', id)
      .where('realm', '=', this.realm)
      .execute();
  }

  /** Accounts that came from rows with these keys. */
  async known(keys: readonly string[]): Promise<Map<string, KnownPerson>> {
    const rows = await this.db
      .selectFrom('imported_accounts')
      .select(['row_key', 'account_id', 'row_digest', 'told', 'brought'])
      .where('realm', '=', this.realm)
      .where('row_key', 'in', padded(keys))
      .execute();
    return new Map(
      rows.map(({ row_key: key, account_id: accountId, row_digest: digest, told, brought }) => {
        return [key, { accountId, digest, told, brought }];
      }),
    );
  }

  /** What these accounts say now, by id. */
  async present(accountIds: readonly string[]): Promise<Map<string, PresentValues>> {
    if (accountIds.length === 0) return new Map();
    const rows = await this.db
      .selectFrom('accounts')
      .select(['id', 'blocked_at', 'own_claims', ...TOLD_COLUMNS])
      .where('realm', '=', this.realm)
      .where('id', 'in', padded(accountIds))
      .execute();
    return new Map(
      rows.map(({ id, blocked_at, ...row }) => [id, { ...presentIn(row), isBlocked: blocked_at !== null }]),
    );
  }

  /** Of these accounts, those that somebody has used: who has signed in, has a password of ours, or works on an app. */
  async inUse(accountIds: readonly string[]): Promise<Set<string>> {
    if (accountIds.length === 0) return new Set();
    const rows = await this.db
      .selectFrom('accounts')
      .select('id')
      .where('realm', '=', this.realm)
      .where('id', 'in', padded(accountIds))
      .where(({ eb, or, exists, selectFrom }) =>
        or([
          eb('password_hash', 'is not', null),
          ...(['sessions', 'known_browsers', 'app_members'] as const).map((table) =>
            exists(
              selectFrom(table).select(sql<number>`1`.as('one')).whereRef(`${table}.account_id`, '=', 'accounts.id'),
            ),
          ),
        ]),
      )
      .execute();
    return new Set(rows.map(({ id }) => id));
  }

  /** Of rows with these keys, those whose people were erased here. */
  async erased(keys: readonly string[]): Promise<Set<string>> {
    const hashes = new Map(keys.map((key) => [tombstoneOf(key), key]));
    const rows = await this.db
      .selectFrom('import_tombstones')
      .select('key_hash')
      .where('realm', '=', this.realm)
      .where('key_hash', 'in', padded([...hashes.keys()]))
      .execute();
    return new Set(rows.map(({ key_hash: found }) => hashes.get(found) ?? ''));
  }

  /** Lets these be brought again. */
  async forgetErased(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    await this.db
      .deleteFrom('import_tombstones')
      .where('realm', '=', this.realm)
      .where('key_hash', 'in', padded(keys.map(tombstoneOf)))
      .execute();
  }

  /** Of these addresses, as keys, those that an account of no app has verified, each with the account. */
  async verified(emails: readonly string[]): Promise<Map<string, string>> {
    if (emails.length === 0) return new Map();
    const rows = await this.db
      .selectFrom('accounts')
      .select(['id', 'email_key'])
      .where('realm', '=', this.realm)
      .where('email_key', 'in', padded(emails))
      .where('email_verified_at', 'is not', null)
      .where('sandbox_app_id', 'is', null)
      .execute();
    return new Map(rows.map((row) => [row.email_key ?? '', row.id]));
  }

  /** Of these identities, those that open an account, as `issuer subject`, each with the account. */
  async identified(identities: readonly { issuer: string; subject: string }[]): Promise<Map<string, string>> {
    if (identities.length === 0) return new Map();
    const rows = await this.db
      .selectFrom('identities')
      .select(['issuer', 'subject', 'account_id'])
      .where('realm', '=', this.realm)
      .where('app_id', '=', '')
      .where('subject', 'in', padded([...new Set(identities.map(({ subject }) => subject))]))
      .where('issuer', 'in', padded([...new Set(identities.map(({ issuer }) => issuer))]))
      .execute();
    return new Map(rows.map(({ issuer, subject, account_id: accountId }) => [`${issuer} ${subject}`, accountId]));
  }

  /** Of these passkeys, by credential id, those that open an account of either realm, each with the account. */
  async passkeyOwners(credentialIds: readonly string[]): Promise<Map<string, string>> {
    if (credentialIds.length === 0) return new Map();
    const rows = await this.db
      .selectFrom('passkeys')
      .select(['credential_id', 'account_id'])
      .where('credential_id', 'in', padded(credentialIds))
      .execute();
    return new Map(rows.map((row) => [row.credential_id, row.account_id]));
  }

  /** Creates their accounts, in the caller's transaction, in which nobody else has taken an address or an identity of theirs. */
  async create(importId: string, people: readonly ImportedPerson[]): Promise<void> {
    const now = Date.now();
    for (const some of inEvenSizes(people)) {
      await this.db
        .insertInto('accounts')
        .values(some.map((person) => this.#accountRow(person, now)))
        .execute();
      await this.db
        .insertInto('imported_accounts')
        .values(some.map((person) => this.#originOf(person, importId, now)))
        .execute();
    }
    await addBelongings(this.db, this.realm, people, now);
  }

  /**
   * Brings an account up to what its row says now. What the row leaves out stays as it is, and so does what its person has changed here since,
   * or removed: values, a password that they have used, and what was brought with them.
   */
  async update(importId: string, person: ImportedPerson, before: KnownPerson, present: PresentValues): Promise<void> {
    const now = Date.now();
    const { id, account, digest, verifiedPhoneNumber, lastSeenAt, belongings } = person;
    const told = toldBy(account);
    const { set, kept } = changesOf(told, before.told, present);
    const ownClaims = ownClaimsIn(account, set);
    await changingAccount(this.db, this.realm, id, async (db) => {
      if (ownClaims) await changeOwnClaims(db, this.realm, id, ownClaims);
      await db
        .updateTable('accounts')
        .set((row) => ({
          ...changedProfileColumns({
            ...partsIn(account, set),
            // Of a number that its person has changed here, the row says nothing.
            verifiedPhoneNumber: kept.includes('phone_number') ? undefined : verifiedPhoneNumber,
          }),
          ...(told.email_key !== undefined &&
            !kept.includes('email_key') && {
              ...{ email: account.email ?? null, email_key: told.email_key },
              // An address that was proven stays so: as a claim, the account would end when its owner proves it once more.
              email_verified_at: set.includes('email_key')
                ? verifiedAt(account, now)
                : row.fn.coalesce('email_verified_at', verifiedAt(account, now)),
            }),
          ...blocking(account, before, now),
          updated_at: now,
        }))
        .where('realm', '=', this.realm)
        .where('id', '=', id)
        .execute();
    });
    if (account.foreignPassword)
      await this.db
        .updateTable('accounts')
        .set({ foreign_password: account.foreignPassword.kept, foreign_password_cost: account.foreignPassword.cost })
        .where('realm', '=', this.realm)
        .where('id', '=', id)
        .where('password_hash', 'is', null)
        .execute();
    await this.db
      .updateTable('imported_accounts')
      .set({
        row_digest: digest,
        told: marksOf(told, before.told),
        brought: broughtWith(person, before.brought, present.isBlocked ? undefined : now),
        updated_by: importId,
        brought_at: now,
        ...(verifiedPhoneNumber !== undefined && { verified_phone_number: verifiedPhoneNumber }),
        ...(lastSeenAt && { last_seen_at: lastSeenAt.getTime() }),
      })
      .where('account_id', '=', id)
      .where('realm', '=', this.realm)
      .execute();
    const owned = { id, belongings: notYetBrought(belongings, before.brought) };
    await addBelongings(this.db, this.realm, [owned], now);
  }

  /** Adds identities to an account. Those that open an account already stay as they are. */
  async addIdentities(id: string, identities: Belongings['identities']): Promise<void> {
    await addBelongings(this.db, this.realm, [{ id, belongings: { ...NO_BELONGINGS, identities } }], Date.now());
  }

  async find(id: string): Promise<Import | undefined> {
    const row = await this.db
      .selectFrom('imports')
      .selectAll()
      .where('realm', '=', this.realm)
      .where('id', '=', id)
      .executeTakeFirst();
    return row && toImport(row);
  }

  /** The latest, newest first. */
  async list(limit: number): Promise<Import[]> {
    const rows = await this.db
      .selectFrom('imports')
      .selectAll()
      .where('realm', '=', this.realm)
      .orderBy('started_at', 'desc')
      .limit(limit)
      .execute();
    return rows.map(toImport);
  }

  /** How many accounts an import has created that nobody has used since (unused-imports.ts). */
  countUnused(importId: string): Promise<number> {
    return countUnused(this.db, this.realm, importId);
  }

  /** Deletes a bounded number of them. @returns how many: none when all are gone */
  deleteUnused(importId: string): Promise<number> {
    return deleteUnused(this.db, this.realm, importId);
  }

  #accountRow({ id, account, createdAt, verifiedPhoneNumber }: ImportedPerson, now: number): Insertable<AccountRow> {
    const { email } = account;
    return {
      id,
      realm: this.realm,
      email: email ?? null,
      email_key: email === undefined ? null : emailKey(email),
      email_verified_at: email !== undefined && account.emailVerified ? now : null,
      foreign_password: account.foreignPassword?.kept ?? null,
      foreign_password_cost: account.foreignPassword?.cost ?? null,
      ...profileColumns({ ...account, verifiedPhoneNumber }),
      blocked_at: account.blocked ? now : null,
      created_at: createdAt?.getTime() ?? now,
      updated_at: now,
    };
  }

  #originOf(person: ImportedPerson, importId: string, now: number): Insertable<ImportedAccountRow> {
    return {
      account_id: person.id,
      realm: this.realm,
      row_key: person.key,
      row_digest: person.digest,
      verified_phone_number: person.verifiedPhoneNumber ?? null,
      created_by: importId,
      told: marksOf(toldBy(person.account)),
      brought: broughtWith(person, null, now),
      brought_at: now,
      last_seen_at: person.lastSeenAt?.getTime() ?? null,
    };
  }
}

/** A row takes back a block that a row has made, and none that was made here. */
function blocking({ blocked }: NewAccount, { brought }: KnownPerson, now: number) {
  if (blocked === true) return { blocked_at: sql<number>`coalesce(blocked_at, cast(${now} as bigint))` };
  const at = blocked === false ? brought?.split(' ').find(isBlock)?.slice(BLOCKED.length) : undefined;
  return at === undefined ? {} : { blocked_at: sql<number | null>`nullif(blocked_at, cast(${Number(at)} as bigint))` };
}

const isBlock = (name: string) => name.startsWith(BLOCKED);

/** The names of what was brought; a block is among them as long as the rows say so. @param blockedAt undefined: it is blocked already */
function broughtWith(
  { account: { blocked }, belongings }: ImportedPerson,
  before: string | null,
  blockedAt: number | undefined,
): string | null {
  const names = namesOf(belongings, before)?.split(' ') ?? [];
  const isNew = blocked === true && blockedAt !== undefined;
  const kept = isNew || blocked === false ? names.filter((name) => !isBlock(name)) : names;
  const all = isNew ? [...kept, `${BLOCKED}${blockedAt}`] : kept;
  return all.length === 0 ? null : all.join(' ');
}

/** With its type, which PostgreSQL does not infer of a parameter that may be null. */
function verifiedAt({ emailVerified }: NewAccount, now: number) {
  return sql<number | null>`cast(${emailVerified ? now : null} as bigint)`;
}

function toImport(row: Selectable<ImportRow>): Import {
  return {
    id: row.id,
    source: row.source,
    created: Number(row.created),
    updated: Number(row.updated),
    startedAt: new Date(Number(row.started_at)),
    ...(row.finished_at !== null && { finishedAt: new Date(Number(row.finished_at)) }),
  };
}
