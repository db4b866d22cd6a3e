import type { Selectable } from 'kysely';
import { isUniqueViolation } from './database-errors.ts';
import { randomId } from './ids.ts';
import { present } from './present.ts';
import { RealmRepository } from './repository.ts';
import type { IdentityRow } from './tables.ts';

/** Who somebody is at another login: an issuer and the subject that it knows them by (OpenID Connect Core 1.0 section 5.7). */
export interface IdentityKey {
  issuer: string;
  subject: string;
  /** Sandbox only: the app whose account it opens. Each app of the sandbox has people of its own. */
  appId?: string | undefined;
}

/** An identity that opens an account. */
export interface Identity extends Omit<IdentityKey, 'appId'> {
  id: string;
  /** By which of the operator's upstreams it came. */
  upstream: string;
  accountId: string;
  /** What the upstream said when it was added, so that its owner can tell two of them apart. It identifies nobody. */
  email?: string;
  createdAt: Date;
  lastUsedAt: Date;
}

export type NewIdentity = IdentityKey & Pick<Identity, 'upstream' | 'accountId'> & { email?: string | undefined };

/** The identities of one realm. */
export class IdentityRepository extends RealmRepository {
  /** @returns undefined when it opens an account already */
  async create(identity: NewIdentity): Promise<Identity | undefined> {
    const now = Date.now();
    const row: Selectable<IdentityRow> = {
      id: randomId(),
      realm: this.realm,
      app_id: identity.appId ?? '',
      issuer: identity.issuer,
      subject: identity.subject,
      upstream: identity.upstream,
      account_id: identity.accountId,
      email: identity.email ?? null,
      created_at: now,
      last_used_at: now,
    };
    try {
      await this.db.insertInto('identities').values(row).execute();
    } catch (error) {
      if (isUniqueViolation(error)) return undefined;
      throw error;
    }
    return toIdentity(row);
  }

  /** Finds an identity by the whole of its key, and notes that it was used. Nothing else identifies anybody, least of all an address. */
  async use({ issuer, subject, appId }: IdentityKey): Promise<Identity | undefined> {
    // PostgreSQL takes no NUL in a text.
    if (issuer.includes('\0') || subject.includes('\0')) return undefined;
    const row = await this.db
      .updateTable('identities')
      .set({ last_used_at: Date.now() })
      .where('realm', '=', this.realm)
      .where('app_id', '=', appId ?? '')
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .returningAll()
      .executeTakeFirst();
    return row && toIdentity(row);
  }

  /** Oldest first. */
  async list(accountId: string): Promise<Identity[]> {
    const rows = await this.db
      .selectFrom('identities')
      .selectAll()
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return rows.map(toIdentity);
  }

  /** @returns false when the account has no such identity */
  async remove(accountId: string, id: string): Promise<boolean> {
    const { numDeletedRows } = await this.db
      .deleteFrom('identities')
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }
}

function toIdentity(row: Selectable<IdentityRow>): Identity {
  return present<Identity>({
    id: row.id,
    issuer: row.issuer,
    subject: row.subject,
    upstream: row.upstream,
    accountId: row.account_id,
    email: row.email,
    createdAt: new Date(row.created_at),
    lastUsedAt: new Date(row.last_used_at),
  });
}
