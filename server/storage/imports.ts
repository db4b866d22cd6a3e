import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import { changingAccount } from './account-changes.ts';
import type { NewAccount } from './accounts.ts';
import { emailKey } from './email-key.ts';
import type { NewIdentity } from './identities.ts';
import { randomId } from './ids.ts';
import { profileColumns } from './profile-columns.ts';
import { RealmRepository } from './repository.ts';
import type { AccountRow, IdentityRow, ImportedAccountRow, ImportRow, Tables } from './tables.ts';

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
  verifiedPhoneNumber?: string | undefined;
  identities: readonly Omit<NewIdentity, 'accountId' | 'appId'>[];
}

/** An import that was begun. */
export interface Import {
  id: string;
  source: string;
  created: number;
  updated: number;
  startedAt: Date;
  finishedAt?: Date;
}

/** Below the number of parameters that a statement of either engine takes: 32,766 on SQLite. An account has about thirty. */
const ROWS_A_STATEMENT = 500;

/**
 * What somebody leaves who has used an account, by whatever way they came in. A session is gone when it has ended for long; the browser in which it
 * began is known for a year.
 */
const TRACES = ['sessions', 'known_browsers', 'users', 'passkeys', 'authenticators', 'app_members'] as const;

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
  async known(keys: readonly string[]): Promise<Map<string, { accountId: string; digest: string }>> {
    const rows = await this.db
      .selectFrom('imported_accounts')
      .select(['row_key', 'account_id', 'row_digest'])
      .where('realm', '=', this.realm)
      .where('row_key', 'in', keys)
      .execute();
    return new Map(rows.map((row) => [row.row_key, { accountId: row.account_id, digest: row.row_digest }]));
  }

  /** Of these addresses, as keys, those that an account of no app has verified, each with the account. */
  async verified(emails: readonly string[]): Promise<Map<string, string>> {
    if (emails.length === 0) return new Map();
    const rows = await this.db
      .selectFrom('accounts')
      .select(['id', 'email_key'])
      .where('realm', '=', this.realm)
      .where('email_key', 'in', emails)
      .where('email_verified_at', 'is not', null)
      .where('sandbox_app_id', 'is', null)
      .execute();
    return new Map(rows.map((row) => [row.email_key ?? '', row.id]));
  }

  /** Of these identities, those that open an account, as `issuer subject`. */
  async identified(identities: readonly { issuer: string; subject: string }[]): Promise<Set<string>> {
    if (identities.length === 0) return new Set();
    const rows = await this.db
      .selectFrom('identities')
      .select(['issuer', 'subject'])
      .where('realm', '=', this.realm)
      .where('app_id', '=', '')
      .where('subject', 'in', [...new Set(identities.map(({ subject }) => subject))])
      .where('issuer', 'in', [...new Set(identities.map(({ issuer }) => issuer))])
      .execute();
    return new Set(rows.map(({ issuer, subject }) => `${issuer} ${subject}`));
  }

  /** Creates their accounts, in the caller's transaction, in which nobody else has taken an address or an identity of theirs. */
  async create(importId: string, people: readonly ImportedPerson[]): Promise<void> {
    const now = Date.now();
    for (let at = 0; at < people.length; at += ROWS_A_STATEMENT) {
      const some = people.slice(at, at + ROWS_A_STATEMENT);
      await this.db
        .insertInto('accounts')
        .values(some.map((person) => this.#accountRow(person, now)))
        .execute();
      await this.db
        .insertInto('imported_accounts')
        .values(some.map((person) => this.#originOf(person, importId)))
        .execute();
    }
    await this.#addIdentities(people, now);
  }

  /**
   * Brings an account up to what its row says now. What the row leaves out stays as it is, and a password that the person has used here since
   * stays theirs.
   */
  async update({ id, account, digest, verifiedPhoneNumber, identities }: ImportedPerson): Promise<void> {
    const now = Date.now();
    const { foreignPassword } = account;
    await changingAccount(this.db, this.realm, id, (db) => this.#updateAccount(db, id, account, now));
    if (foreignPassword)
      await this.db
        .updateTable('accounts')
        .set({ foreign_password: foreignPassword.kept, foreign_password_cost: foreignPassword.cost })
        .where('realm', '=', this.realm)
        .where('id', '=', id)
        .where('password_hash', 'is', null)
        .execute();
    await this.db
      .updateTable('imported_accounts')
      .set({ row_digest: digest, ...(verifiedPhoneNumber && { verified_phone_number: verifiedPhoneNumber }) })
      .where('account_id', '=', id)
      .where('realm', '=', this.realm)
      .execute();
    await this.#addIdentities([{ id, identities }], now);
  }

  async #updateAccount(db: Kysely<Tables>, id: string, account: ImportedPerson['account'], now: number): Promise<void> {
    const { email } = account;
    await db
      .updateTable('accounts')
      .set((row) => ({
        ...profileColumns(account),
        ...(email !== undefined && {
          email,
          email_key: emailKey(email),
          // An address that was proven stays so: as a claim, the account would end when its owner proves it once more.
          email_verified_at: row
            .case()
            .when('email_key', '=', emailKey(email))
            .then(row.fn.coalesce('email_verified_at', verifiedAt(account, now)))
            .else(verifiedAt(account, now))
            .end(),
        }),
        ...(account.blocked !== undefined && { blocked_at: account.blocked ? now : null }),
        updated_at: now,
      }))
      .where('realm', '=', this.realm)
      .where('id', '=', id)
      .execute();
  }

  /** Adds identities to an account. Those that open an account already stay as they are. */
  async addIdentities(id: string, identities: ImportedPerson['identities']): Promise<void> {
    await this.#addIdentities([{ id, identities }], Date.now());
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

  /** Accounts that an import has created and nobody has used since: nobody signed in, no app knows them, and nothing was added. */
  async countUnused(importId: string): Promise<number> {
    const { count } = await this.#unused(importId)
      .select(({ fn }) => fn.countAll().as('count'))
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** Deletes a bounded number of them. @returns how many: none when all are gone */
  async deleteUnused(importId: string): Promise<number> {
    const { numDeletedRows } = await this.db
      .deleteFrom('accounts')
      .where('realm', '=', this.realm)
      .where('id', 'in', this.#unused(importId).select('imported_accounts.account_id').limit(ROWS_A_STATEMENT))
      .executeTakeFirst();
    return Number(numDeletedRows);
  }

  #unused(importId: string) {
    return this.db
      .selectFrom('imported_accounts')
      .innerJoin('accounts', 'accounts.id', 'imported_accounts.account_id')
      .where('imported_accounts.realm', '=', this.realm)
      .where('created_by', '=', importId)
      .where('accounts.password_hash', 'is', null)
      .where(({ and, not, exists, selectFrom }) =>
        and(
          TRACES.map((table) =>
            not(exists(selectFrom(table).select(sql`1`.as('one')).whereRef(`${table}.account_id`, '=', 'accounts.id'))),
          ),
        ),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('identities')
              .select(sql`1`.as('one'))
              .whereRef('identities.account_id', '=', 'accounts.id')
              .whereRef('identities.last_used_at', '>', 'identities.created_at'),
          ),
        ),
      );
  }

  async #addIdentities(
    people: readonly { id: string; identities: ImportedPerson['identities'] }[],
    now: number,
  ): Promise<void> {
    const rows = people.flatMap(({ id, identities }) =>
      identities.map(
        ({ issuer, subject, upstream, email }): IdentityRow => ({
          ...{ id: randomId(), realm: this.realm, app_id: '', account_id: id },
          ...{ issuer, subject, upstream, email: email ?? null, created_at: now, last_used_at: now },
        }),
      ),
    );
    for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT)
      await this.db
        .insertInto('identities')
        .values(rows.slice(at, at + ROWS_A_STATEMENT))
        .onConflict((conflict) => conflict.doNothing())
        .execute();
  }

  #accountRow({ id, account, createdAt }: ImportedPerson, now: number): Insertable<AccountRow> {
    const { email } = account;
    return {
      id,
      realm: this.realm,
      email: email ?? null,
      email_key: email === undefined ? null : emailKey(email),
      email_verified_at: email !== undefined && account.emailVerified ? now : null,
      foreign_password: account.foreignPassword?.kept ?? null,
      foreign_password_cost: account.foreignPassword?.cost ?? null,
      ...profileColumns(account),
      blocked_at: account.blocked ? now : null,
      created_at: createdAt?.getTime() ?? now,
      updated_at: now,
    };
  }

  #originOf(
    { id, key, digest, verifiedPhoneNumber }: ImportedPerson,
    importId: string,
  ): Insertable<ImportedAccountRow> {
    return {
      account_id: id,
      realm: this.realm,
      row_key: key,
      row_digest: digest,
      verified_phone_number: verifiedPhoneNumber ?? null,
      created_by: importId,
    };
  }
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
