import { setImmediate as nextTurn } from 'node:timers/promises';
import { FIELDS, type Field, inOrder } from '@signup-with-platform/protocol';
import { type Kysely, sql } from 'kysely';
import { BATCH_ROWS } from './batches.ts';
import { isForeignKeyViolation, isRetryable } from './database-errors.ts';
import { present } from './present.ts';
import { Repository } from './repository.ts';
import type { DisclosureRow, Tables } from './tables.ts';
import { transaction } from './transaction.ts';

/** The fields of a user that a vendor received in a credential, or read over an API. */
export interface Disclosure {
  userId: string;
  fields: readonly Field[];
  how: DisclosureRow['how'];
}

/** When a vendor last got a field of a user. */
export interface LastDisclosure {
  field: Field;
  /** In a credential. */
  receivedAt?: Date;
  /** Over an API. */
  readAt?: Date;
}

/** When vendors last got which fields; one row for each user, way and set of fields. */
export class DisclosureRepository extends Repository {
  /** Records many disclosures with the same time. Users that have been deleted meanwhile are skipped. */
  async record(disclosures: readonly Disclosure[], at: Date): Promise<void> {
    for (const { how, fields, userIds } of together(disclosures)) {
      for (let start = 0; start < userIds.length; start += BATCH_ROWS) {
        if (start > 0) await nextTurn();
        await this.#record(how, fields, userIds.slice(start, start + BATCH_ROWS), at.getTime());
      }
    }
  }

  async #record(how: Disclosure['how'], fields: string, userIds: string[], at: number): Promise<void> {
    await transaction(
      this.db,
      (trx) =>
        sql`insert into disclosures (user_id, how, fields, last_at)
          select id, cast(${how} as text), cast(${fields} as text), cast(${at} as bigint) from users
          where id in (${sql.join(userIds)})
          on conflict (user_id, how, fields) do update set last_at = excluded.last_at`.execute(trx),
      // A user may be deleted after the statement found it and before the new row refers to it.
      (error) => isRetryable(error) || isForeignKeyViolation(error),
    );
  }

  async list(userId: string): Promise<LastDisclosure[]> {
    const fields = await lastDisclosures(this.db, userId);
    return fields.map(({ field, received_at: receivedAt, read_at: readAt }) =>
      present<LastDisclosure>({
        field,
        receivedAt: receivedAt === null ? null : new Date(receivedAt),
        readAt: readAt === null ? null : new Date(readAt),
      }),
    );
  }
}

/** When a vendor last got each field of a user. */
export async function lastDisclosures(db: Kysely<Tables>, userId: string) {
  const rows = await db
    .selectFrom('disclosures')
    .select(['how', 'fields', 'last_at'])
    .where('user_id', '=', userId)
    .execute();
  const lastOf = (field: Field, how: DisclosureRow['how']) =>
    rows
      .filter((row) => row.how === how && row.fields.split(',').includes(field))
      .reduce<number | null>((last, row) => Math.max(last ?? 0, row.last_at), null);
  const names = rows.flatMap(({ fields }) => fields.split(',') as Field[]);
  return inOrder<Field>(FIELDS, names.sort()).map((field) => ({
    user_id: userId,
    field,
    received_at: lastOf(field, 'received'),
    read_at: lastOf(field, 'read'),
  }));
}

/** Groups users who disclosed the same fields in the same way, each once. Their ids are sorted, so that two writers do not deadlock. */
function together(disclosures: readonly Disclosure[]): { how: Disclosure['how']; fields: string; userIds: string[] }[] {
  const groups = new Map<string, { how: Disclosure['how']; fields: string; users: Set<string> }>();
  for (const { how, fields: ofOne, userId } of disclosures) {
    if (ofOne.length === 0) continue;
    const fields = inOrder<Field>(FIELDS, [...ofOne].sort()).join();
    const group = groups.get(`${how} ${fields}`) ?? { how, fields, users: new Set() };
    group.users.add(userId);
    groups.set(`${how} ${fields}`, group);
  }
  return [...groups.values()].map(({ how, fields, users }) => ({ how, fields, userIds: [...users].sort() }));
}
