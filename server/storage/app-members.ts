import type { Kysely } from 'kysely';
import type { AppRole, Tables } from './tables.ts';

export type { AppRole } from './tables.ts';

/** From the least to the most. */
export const APP_ROLES: readonly AppRole[] = ['read-only', 'developer', 'owner'];

/** Whether a role includes the rights of another. */
export function includesRole(role: AppRole, wanted: AppRole): boolean {
  return APP_ROLES.indexOf(role) >= APP_ROLES.indexOf(wanted);
}

/** Who may work on which app. Members are accounts of the production realm. */
export class AppMemberRepository {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** Adds a member, or gives one another role. */
  async put(appId: string, accountId: string, role: AppRole): Promise<void> {
    await this.#db
      .insertInto('app_members')
      .values({ app_id: appId, account_id: accountId, role, created_at: Date.now() })
      .onConflict((conflict) => conflict.columns(['app_id', 'account_id']).doUpdateSet({ role }))
      .execute();
  }

  async findRole(appId: string, accountId: string): Promise<AppRole | undefined> {
    const row = await this.#db
      .selectFrom('app_members')
      .select('role')
      .where('app_id', '=', appId)
      .where('account_id', '=', accountId)
      .executeTakeFirst();
    return row?.role;
  }
}
