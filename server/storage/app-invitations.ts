import type { Selectable } from 'kysely';
import { emailKey } from './accounts.ts';
import { type AppRole, includesRole, lockApp, putMember } from './app-members.ts';
import { hashSecret, randomId } from './ids.ts';
import { Repository } from './repository.ts';
import type { AppInvitationRow } from './tables.ts';
import { transaction } from './transaction.ts';

const CODE_BYTES = 24;
/** How many pending invitations an app may have. */
export const MAX_INVITATIONS = 25;

export interface AppInvitation {
  id: string;
  appId: string;
  /** As the owner wrote it. */
  email: string;
  role: AppRole;
  /** Whether the code went to the address by mail, and nowhere else. */
  mailed: boolean;
  createdAt: Date;
  expiresAt: Date;
}

/** An invitation as the person sees it who was invited. */
export interface ReceivedInvitation extends AppInvitation {
  appName: string;
  /** Account of the owner who invites. Undefined when it has been deleted since. */
  invitedBy: string | undefined;
}

/** An invitation with its code, which only the mail contains. */
export interface SentInvitation extends AppInvitation {
  /** To be mailed and forgotten. */
  code: string;
}

export interface NewInvitation {
  appId: string;
  email: string;
  role: AppRole;
  /** Account of the owner who invites. */
  invitedBy: string;
  mailed: boolean;
  lifetimeMs: number;
}

/** Thrown when an app has {@link MAX_INVITATIONS} pending invitations. */
export class TooManyInvitationsError extends Error {
  override name = 'TooManyInvitationsError';
}

/** Invitations, sent by mail, to become a member of an app. Codes work once, and only their hashes are stored. */
export class AppInvitationRepository extends Repository {
  /** Replaces an earlier invitation of the same address. @throws TooManyInvitationsError */
  async create({ appId, email, role, invitedBy, mailed, lifetimeMs }: NewInvitation): Promise<SentInvitation> {
    return transaction(this.db, async (db) => {
      const now = Date.now();
      await lockApp(db, appId);
      await db.deleteFrom('app_invitations').where('app_id', '=', appId).where('expires_at', '<=', now).execute();
      const waiting = await db
        .selectFrom('app_invitations')
        .select(['id', 'email_key'])
        .where('app_id', '=', appId)
        .execute();
      const key = emailKey(email);
      const earlier = waiting.find((one) => one.email_key === key);
      if (earlier) await db.deleteFrom('app_invitations').where('id', '=', earlier.id).execute();
      else if (waiting.length >= MAX_INVITATIONS) throw new TooManyInvitationsError('enough invitations wait');
      const code = randomId(CODE_BYTES);
      const row = {
        id: randomId(),
        app_id: appId,
        email: email.trim(),
        email_key: key,
        role,
        code_hash: hashSecret(code),
        invited_by: invitedBy,
        expires_at: now + lifetimeMs,
        created_at: now,
        mailed_at: mailed ? now : null,
      };
      await db.insertInto('app_invitations').values(row).execute();
      return { ...toInvitation(row), code };
    });
  }

  /** Replaces the code; the old one stops working. @returns undefined when the app has no such pending invitation */
  async renew(
    appId: string,
    id: string,
    { lifetimeMs, mailed }: Pick<NewInvitation, 'lifetimeMs' | 'mailed'>,
  ): Promise<SentInvitation | undefined> {
    const code = randomId(CODE_BYTES);
    const now = Date.now();
    const row = await this.db
      .updateTable('app_invitations')
      .set({ code_hash: hashSecret(code), expires_at: now + lifetimeMs, mailed_at: mailed ? now : null })
      .where('app_id', '=', appId)
      .where('id', '=', id)
      .where('expires_at', '>', now)
      .returningAll()
      .executeTakeFirst();
    return row && { ...toInvitation(row), code };
  }

  /** Pending invitations, oldest first. */
  async list(appId: string): Promise<AppInvitation[]> {
    const rows = await this.db
      .selectFrom('app_invitations')
      .selectAll()
      .where('app_id', '=', appId)
      .where('expires_at', '>', Date.now())
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return rows.map(toInvitation);
  }

  /** @returns the withdrawn invitation; undefined when the app has no such invitation */
  async withdraw(appId: string, id: string): Promise<AppInvitation | undefined> {
    const row = await this.db
      .deleteFrom('app_invitations')
      .where('app_id', '=', appId)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
    return row && toInvitation(row);
  }

  /** Finds an invitation by its code, without consuming the code. */
  async findByCode(code: string): Promise<ReceivedInvitation | undefined> {
    const row = await this.db
      .selectFrom('app_invitations')
      .innerJoin('apps', 'apps.id', 'app_invitations.app_id')
      .selectAll('app_invitations')
      .select('apps.name')
      .where('code_hash', '=', hashSecret(code))
      .where('expires_at', '>', Date.now())
      .executeTakeFirst();
    return row && { ...toInvitation(row), appName: row.name, invitedBy: row.invited_by ?? undefined };
  }

  /**
   * Consumes the code and makes the account a member. A member who has a higher role keeps it.
   * @returns undefined when the code is unknown, used, expired or withdrawn
   */
  async accept(code: string, accountId: string): Promise<AppInvitation | undefined> {
    return transaction(this.db, async (db) => {
      const codeHash = hashSecret(code);
      const found = await db
        .selectFrom('app_invitations')
        .select('app_id')
        .where('code_hash', '=', codeHash)
        .executeTakeFirst();
      if (!found) return undefined;
      // The app is locked before the invitation, because changes of members take the locks in this order, too.
      await lockApp(db, found.app_id);
      const row = await db
        .deleteFrom('app_invitations')
        .where('code_hash', '=', codeHash)
        .where('expires_at', '>', Date.now())
        .returningAll()
        .executeTakeFirst();
      if (!row) return undefined;
      const member = await db
        .selectFrom('app_members')
        .select('role')
        .where('app_id', '=', row.app_id)
        .where('account_id', '=', accountId)
        .executeTakeFirst();
      if (!member || !includesRole(member.role, row.role)) {
        await putMember(db, row.app_id, accountId, row.role);
      }
      return toInvitation(row);
    });
  }
}

function toInvitation(row: Selectable<AppInvitationRow>): AppInvitation {
  return {
    id: row.id,
    appId: row.app_id,
    email: row.email,
    role: row.role,
    mailed: row.mailed_at !== null,
    createdAt: new Date(row.created_at),
    expiresAt: new Date(row.expires_at),
  };
}
