import { randomId } from './ids.ts';
import { Repository } from './repository.ts';

const SECRET_BYTES = 32;

/** Secrets of the installation. Each is made on first use, and all processes share it. */
export class SecretRepository extends Repository {
  async ensure(name: string): Promise<string> {
    await this.db
      .insertInto('secrets')
      .values({ name, value: randomId(SECRET_BYTES), created_at: Date.now() })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
    const row = await this.db.selectFrom('secrets').select('value').where('name', '=', name).executeTakeFirstOrThrow();
    return row.value;
  }

  /** When the first of them was made; undefined when there are none. */
  async oldest(): Promise<Date | undefined> {
    const row = await this.db
      .selectFrom('secrets')
      .select('created_at')
      .orderBy('created_at')
      .limit(1)
      .executeTakeFirst();
    return row && new Date(row.created_at);
  }
}
