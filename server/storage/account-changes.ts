import type { Updateable } from 'kysely';
import { type Account, refusingTakenEmail } from './accounts.ts';
import { changingAccount } from './changing-account.ts';
import { emailKey } from './email-key.ts';
import { type AccountProfileChanges, changedProfileColumns, mergedOwnClaims } from './profile-columns.ts';
import { RealmRepository } from './repository.ts';
import type { AccountRow } from './tables.ts';

/** What the operator changes of an account. */
export interface AccountChanges {
  profile: AccountProfileChanges;
  email?: string | undefined;
  /** Of the new address, or of the one that there is. Default: a new one is not, and the one that there is stays as it is. */
  emailVerified?: boolean | undefined;
}

export class AccountChangesRepository extends RealmRepository {
  /**
   * Changes an account that nobody else has changed meanwhile.
   * @param seen the account that the changes are based on
   * @returns false when it has changed since, or is gone
   * @throws EmailTakenError when another account has verified the address
   */
  async change(seen: Account, { profile, email, emailVerified }: AccountChanges): Promise<boolean> {
    const now = Date.now();
    const before = seen.updatedAt.getTime();
    const { numUpdatedRows } = await refusingTakenEmail(() =>
      changingAccount(this.db, this.realm, seen.id, (db) =>
        db
          .updateTable('accounts')
          .set({
            ...columnsOf(seen, profile),
            ...(email !== undefined && { email, email_key: emailKey(email) }),
            ...verificationColumn(seen, email, emailVerified, now),
            // Each change gets a new time, even two within a millisecond, because the time tells one state from the next.
            updated_at: Math.max(now, before + 1),
          })
          .where('realm', '=', this.realm)
          .where('id', '=', seen.id)
          .where('updated_at', '=', before)
          .executeTakeFirst(),
      ),
    );
    return numUpdatedRows > 0n;
  }
}

/** Of own fields, those that are not named stay as they are. */
function columnsOf({ ownClaims }: Account, { ownClaims: changes, ...others }: AccountProfileChanges) {
  const columns = changedProfileColumns(others);
  if (changes === undefined) return columns;
  return { ...columns, own_claims: changes && mergedOwnClaims(ownClaims, changes) };
}

/** When it was verified stays what it was for whoever says again that it is. */
function verificationColumn(
  seen: Account,
  email: string | undefined,
  emailVerified: boolean | undefined,
  now: number,
): Updateable<AccountRow> {
  const isSame = email === undefined || (seen.email !== undefined && emailKey(email) === emailKey(seen.email));
  const isVerified = emailVerified ?? (isSame && seen.emailVerified);
  if (isSame && isVerified === seen.emailVerified) return {};
  return { email_verified_at: isVerified ? now : null };
}
