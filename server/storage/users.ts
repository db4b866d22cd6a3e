import type { Realm } from '@signup-with-platform/protocol';
import { dateOf } from './columns.ts';
import { randomId } from './ids.ts';
import { PreparedQuery } from './prepared-query.ts';
import { present } from './present.ts';
import { RealmRepository } from './repository.ts';

/** What one app knows of one person; `id` is the `sub` that the vendor sees. */
export interface User {
  id: string;
  clientId: string;
  accountId?: string;
  /** The vendor's own id for the user, once its endpoint has answered with one. */
  externalId?: string;
  /** Absent until the first credential is issued. */
  firstCredentialAt?: Date;
}

const FIND = new PreparedQuery(
  (db, parameter: (name: 'realm' | 'clientId' | 'accountId') => string) =>
    db
      .selectFrom('users')
      .select(['id', 'external_id', 'first_credential_at'])
      .where('realm', '=', parameter('realm') as Realm)
      .where('client_id', '=', parameter('clientId'))
      .where('account_id', '=', parameter('accountId')),
  (row) => row,
);

/** The users of the apps of one realm. */
export class UserRepository extends RealmRepository {
  async findByAccount(clientId: string, accountId: string): Promise<User | undefined> {
    const row = await FIND.executeTakeFirst(this.db, { realm: this.realm, clientId, accountId });
    return (
      row &&
      present<User>({
        id: row.id,
        clientId,
        accountId,
        externalId: row.external_id,
        firstCredentialAt: dateOf(row.first_credential_at),
      })
    );
  }

  /** The user that stands for an account at an app. It is made on the first consent; two consents at the same moment get the same one. */
  async ensure(clientId: string, accountId: string): Promise<User> {
    const now = Date.now();
    await this.db
      .insertInto('users')
      .values({
        id: randomId(),
        realm: this.realm,
        client_id: clientId,
        account_id: accountId,
        first_credential_at: null,
        created_at: now,
        updated_at: now,
      })
      .onConflict((conflict) => conflict.columns(['client_id', 'account_id', 'realm']).doNothing())
      .execute();
    const user = await this.findByAccount(clientId, accountId);
    if (!user) throw new Error('the user vanished while it was made');
    return user;
  }

  /** Records that a credential is issued. @returns true the first time, when the vendor has not seen this person before */
  async markFirstCredential(id: string): Promise<boolean> {
    const result = await this.db
      .updateTable('users')
      .set({ first_credential_at: Date.now() })
      .where('realm', '=', this.realm)
      .where('id', '=', id)
      .where('first_credential_at', 'is', null)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }
}
