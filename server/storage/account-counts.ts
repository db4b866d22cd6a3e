import { type AliasableExpression, type RawBuilder, type SqlBool, sql } from 'kysely';
import { RealmRepository } from './repository.ts';

/** Of an import, how many of the accounts that it created are there. */
export interface SourceCount {
  importId: string;
  source: string;
  accounts: number;
}

const MAX_SOURCES = 100;
const STATES = {
  accounts: sql<SqlBool>`1 = 1`,
  verified: sql<SqlBool>`email_verified_at is not null`,
  blocked: sql<SqlBool>`blocked_at is not null`,
  ownPassword: sql<SqlBool>`password_hash is not null`,
  foreignPassword: sql<SqlBool>`password_hash is null and foreign_password is not null`,
  noPassword: sql<SqlBool>`password_hash is null and foreign_password is null`,
};
export type AccountStates = Record<keyof typeof STATES, number>;

/** Counts over all accounts of a realm, test people excepted. Each reads a whole table, or most of it: for the operator's command. */
export class AccountCountsRepository extends RealmRepository {
  async states(): Promise<AccountStates> {
    const row = await this.db
      .selectFrom('accounts')
      .select(Object.entries(STATES).map(([name, condition]) => counted(condition).as(name)))
      .where('realm', '=', this.realm)
      .where('persona', 'is', null)
      .executeTakeFirst();
    return numbersOf(Object.keys(STATES), row) as AccountStates;
  }

  /** Passwords that other systems have hashed, by form. @param forms their names, which are the first thing that is stored of one */
  async foreignForms(forms: readonly string[]): Promise<Record<string, number>> {
    const row = await this.db
      .selectFrom('accounts')
      .select(forms.map((form) => counted(sql<SqlBool>`foreign_password like ${`{"form":"${form}"%`}`).as(form)))
      .where('realm', '=', this.realm)
      .where('foreign_password_cost', 'is not', null)
      .executeTakeFirst();
    return numbersOf(forms, row);
  }

  /** By the import that has created them; the latest imports first. */
  async sources(): Promise<SourceCount[]> {
    const rows = await this.db
      .selectFrom('imports')
      .innerJoin('imported_accounts', 'imported_accounts.created_by', 'imports.id')
      .select(['imports.id', 'imports.source'])
      .select(({ fn }) => fn.countAll().as('count'))
      .where('imports.realm', '=', this.realm)
      .groupBy(['imports.id', 'imports.source', 'imports.started_at'])
      .orderBy('imports.started_at', 'desc')
      .limit(MAX_SOURCES)
      .execute();
    return rows.map(({ id, source, count }) => ({ importId: id, source, accounts: Number(count) }));
  }
}

function counted(condition: RawBuilder<SqlBool>): AliasableExpression<number> {
  return sql<number>`coalesce(sum(case when ${condition} then 1 else 0 end), 0)`;
}

function numbersOf(names: readonly string[], row: object | undefined): Record<string, number> {
  const counts = (row ?? {}) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(names.map((name) => [name, Number(counts[name] ?? 0)]));
}
