import type { Kysely } from 'kysely';
import { emailKey } from './accounts.ts';
import { present } from './present.ts';
import { Repository } from './repository.ts';
import type { AppRole, Tables } from './tables.ts';
import { transaction } from './transaction.ts';

export type { AppRole } from './tables.ts';

/** From the fewest rights to the most. */
export const APP_ROLES: readonly AppRole[] = ['read-only', 'developer', 'owner'];

/** Whether a role includes the rights of another. */
export function includesRole(role: AppRole, wanted: AppRole): boolean {
  return APP_ROLES.indexOf(role) >= APP_ROLES.indexOf(wanted);
}

/** A member, as the other members see them. */
export interface AppMember {
  accountId: string;
  role: AppRole;
  email?: string;
  emailVerified: boolean;
  givenName?: string;
  familyName?: string;
  /** Language of their mails, BCP 47. */
  locale?: string;
  joinedAt: Date;
}

/** The outcome of a change. The last owner can neither leave nor get another role, because an app always has an owner. */
export type MemberChange = 'done' | 'not_member' | 'last_owner';

/** Who may work on which app. Members are accounts of the production realm. */
export class AppMemberRepository extends Repository {
  /** Adds a member, or gives one a higher role. Use {@link changeRole} to take rights away. */
  async put(appId: string, accountId: string, role: AppRole): Promise<void> {
    await putMember(this.db, appId, accountId, role);
  }

  async findRole(appId: string, accountId: string): Promise<AppRole | undefined> {
    const row = await this.db
      .selectFrom('app_members')
      .select('role')
      .where('app_id', '=', appId)
      .where('account_id', '=', accountId)
      .executeTakeFirst();
    return row?.role;
  }

  /** Whether an address is a member's, who has confirmed it. */
  async hasConfirmedAddress(appId: string, email: string): Promise<boolean> {
    const row = await this.db
      .selectFrom('app_members')
      .innerJoin('accounts', 'accounts.id', 'app_members.account_id')
      .select('account_id')
      .where('app_id', '=', appId)
      .where('email_key', '=', emailKey(email))
      .where('email_verified_at', 'is not', null)
      .where('realm', '=', 'production')
      .where('blocked_at', 'is', null)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Owners first, then developers, then read-only members; each group in the order of joining. */
  async list(appId: string): Promise<AppMember[]> {
    const rows = await this.db
      .selectFrom('app_members')
      .innerJoin('accounts', 'accounts.id', 'app_members.account_id')
      .select(['account_id', 'role', 'app_members.created_at'])
      .select(['email', 'email_verified_at', 'given_name', 'family_name', 'locale'])
      .where('app_id', '=', appId)
      .orderBy('app_members.created_at')
      .orderBy('account_id')
      .execute();
    return rows
      .sort((a, b) => APP_ROLES.indexOf(b.role) - APP_ROLES.indexOf(a.role))
      .map((row) =>
        present<AppMember>({
          accountId: row.account_id,
          role: row.role,
          email: row.email,
          emailVerified: row.email_verified_at !== null,
          givenName: row.given_name,
          familyName: row.family_name,
          locale: row.locale,
          joinedAt: new Date(row.created_at),
        }),
      );
  }

  /** The addresses of the owners of every app that has any, by the app's id, each in the order of joining; null for one who has no address. */
  async listOwners(): Promise<ReadonlyMap<string, (string | null)[]>> {
    const rows = await this.db
      .selectFrom('app_members')
      .innerJoin('accounts', 'accounts.id', 'app_members.account_id')
      .select(['app_id', 'email'])
      .where('role', '=', 'owner')
      .orderBy('app_members.created_at')
      .orderBy('account_id')
      .execute();
    const byApp = Map.groupBy(rows, ({ app_id }) => app_id);
    return new Map([...byApp].map(([appId, owners]) => [appId, owners.map(({ email }) => email)]));
  }

  /** Gives a member another role. The pending invitations of a former owner are deleted. */
  changeRole(appId: string, accountId: string, role: AppRole): Promise<MemberChange> {
    return this.#change(appId, accountId, role, (db) =>
      db
        .updateTable('app_members')
        .set({ role })
        .where('app_id', '=', appId)
        .where('account_id', '=', accountId)
        .execute(),
    );
  }

  /** Removes a member. The pending invitations of a former owner are deleted. */
  remove(appId: string, accountId: string): Promise<MemberChange> {
    return this.#change(appId, accountId, undefined, (db) =>
      db.deleteFrom('app_members').where('app_id', '=', appId).where('account_id', '=', accountId).execute(),
    );
  }

  /** @param role the member's new role; undefined when the member is removed */
  #change(
    appId: string,
    accountId: string,
    role: AppRole | undefined,
    write: (db: Kysely<Tables>) => Promise<unknown>,
  ): Promise<MemberChange> {
    return transaction(this.db, async (db) => {
      await lockApp(db, appId);
      const members = await db
        .selectFrom('app_members')
        .select(['account_id', 'role'])
        .where('app_id', '=', appId)
        .execute();
      const member = members.find(({ account_id }) => account_id === accountId);
      if (!member) return 'not_member';
      if (member.role === 'owner' && role !== 'owner') {
        if (members.filter((one) => one.role === 'owner').length === 1) return 'last_owner';
        await db
          .deleteFrom('app_invitations')
          .where('app_id', '=', appId)
          .where('invited_by', '=', accountId)
          .execute();
      }
      await write(db);
      return 'done';
    });
  }
}

/** Adds a member, or gives one another role. */
export async function putMember(db: Kysely<Tables>, appId: string, accountId: string, role: AppRole): Promise<void> {
  await db
    .insertInto('app_members')
    .values({ app_id: appId, account_id: accountId, role, created_at: Date.now() })
    .onConflict((conflict) => conflict.columns(['app_id', 'account_id']).doUpdateSet({ role }))
    .execute();
}

/**
 * Makes changes of one app's members happen one after the other, because two owners who demote each other at the same moment would
 * each count two owners. On every engine, the first write of a transaction locks the row.
 */
export async function lockApp(db: Kysely<Tables>, appId: string): Promise<void> {
  await db
    .updateTable('apps')
    .set(({ ref }) => ({ updated_at: ref('updated_at') }))
    .where('id', '=', appId)
    .execute();
}
