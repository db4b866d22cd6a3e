import type { Field } from '@signup-with-platform/protocol';
import { sql } from 'kysely';
import { dateOf } from './columns.ts';
import { isForeignKeyViolation, isRetryable } from './database-errors.ts';
import { present } from './present.ts';
import { Repository } from './repository.ts';
import { transaction } from './transaction.ts';

/** The fields of a user that a vendor received in a credential, or read over an API. */
export interface Disclosure {
  userId: string;
  fields: readonly Field[];
  how: 'received' | 'read';
}

/** When a vendor last got a field of a user. */
export interface LastDisclosure {
  field: Field;
  /** In a credential. */
  receivedAt?: Date;
  /** Over an API. */
  readAt?: Date;
}

/** Users per statement. SQLite takes 32 766 parameters in a statement, PostgreSQL twice as many. */
const MAX_USERS_AT_ONCE = 1_000;

/** When vendors last got which field; one row for each user and field. */
export class DisclosureRepository extends Repository {
  /** Records many disclosures with the same time. Users that have been deleted meanwhile are skipped. */
  async record(disclosures: readonly Disclosure[], at: Date): Promise<void> {
    for (const { how, fields, userIds } of together(disclosures)) {
      for (let start = 0; start < userIds.length; start += MAX_USERS_AT_ONCE) {
        await this.#record(how, fields, userIds.slice(start, start + MAX_USERS_AT_ONCE), at.getTime());
      }
    }
  }

  async #record(how: Disclosure['how'], fields: readonly Field[], userIds: string[], at: number): Promise<void> {
    const column = how === 'received' ? 'received_at' : 'read_at';
    const rows = sql.join(
      fields.map((field) => sql`select ${sql.lit(field)} as field`),
      sql` union all `,
    );
    await transaction(
      this.db,
      (trx) =>
        sql`insert into disclosures (user_id, field, ${sql.ref(column)})
          select users.id, shared.field, cast(${at} as bigint) from users cross join (${rows}) as shared
          where users.id in (${sql.join(userIds)})
          on conflict (user_id, field) do update set ${sql.ref(column)} = excluded.${sql.ref(column)}`.execute(trx),
      // A user may be deleted after the statement found it and before the new row refers to it.
      (error) => isRetryable(error) || isForeignKeyViolation(error),
    );
  }

  async list(userId: string): Promise<LastDisclosure[]> {
    const rows = await this.db
      .selectFrom('disclosures')
      .select(['field', 'received_at', 'read_at'])
      .where('user_id', '=', userId)
      .execute();
    return rows.map((row) =>
      present<LastDisclosure>({
        field: row.field,
        receivedAt: dateOf(row.received_at),
        readAt: dateOf(row.read_at),
      }),
    );
  }
}

/** Groups users who disclosed the same fields in the same way, each once. Their ids are sorted, so that two writers do not deadlock. */
function together(
  disclosures: readonly Disclosure[],
): { how: Disclosure['how']; fields: readonly Field[]; userIds: string[] }[] {
  const groups = new Map<string, Disclosure & { users: Set<string> }>();
  for (const disclosure of disclosures) {
    if (disclosure.fields.length === 0) continue;
    const key = `${disclosure.how} ${disclosure.fields.join()}`;
    const group = groups.get(key) ?? { ...disclosure, users: new Set() };
    group.users.add(disclosure.userId);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ how, fields, users }) => ({ how, fields, userIds: [...users].sort() }));
}
