import type { Selectable } from 'kysely';
import { dateOf } from './columns.ts';
import { hashSecret, randomId } from './ids.ts';
import { present } from './present.ts';
import { RealmRepository } from './repository.ts';
import type { KnownBrowserRow } from './tables.ts';

/** A browser in which an account has signed in. */
export interface KnownBrowser {
  /** By which a page names it; opens nothing. */
  id: string;
  /** As sessions have it. */
  browserHash: string;
  userAgent?: string;
  firstSeenAt: Date;
  /** Of its last sign-in. */
  lastSeenAt: Date;
  /** Until when its owner is not asked for a second factor there. May be over. */
  trustedUntil?: Date;
}

/** Nobody has more browsers. Those that were not used for longest are forgotten. */
export const MAX_KNOWN_BROWSERS = 50;
const MAX_USER_AGENT_LENGTH = 512;

/** The browsers that the accounts of one realm know, each by the random number that a cookie holds. */
export class KnownBrowserRepository extends RealmRepository {
  /**
   * Notes a sign-in.
   * @param how.trustedUntil as its owner has just chosen. Default: as it was
   * @returns whether the account did not know the browser, and whether it is the only one that it knows
   */
  async seen(
    accountId: string,
    deviceId: string,
    { userAgent, trustedUntil }: { userAgent?: string | undefined; trustedUntil?: Date | undefined } = {},
  ): Promise<{ isNew: boolean; isFirst: boolean }> {
    const now = Date.now();
    const values = {
      user_agent: userAgent?.slice(0, MAX_USER_AGENT_LENGTH) ?? null,
      last_seen_at: now,
      ...(trustedUntil && { trusted_until: trustedUntil.getTime() }),
    };
    const id = randomId();
    const row = await this.db
      .insertInto('known_browsers')
      .values({
        realm: this.realm,
        account_id: accountId,
        browser_hash: hashSecret(deviceId),
        id,
        first_seen_at: now,
        ...values,
      })
      .onConflict((conflict) => conflict.columns(['account_id', 'browser_hash']).doUpdateSet(values))
      .returning('id')
      .executeTakeFirst();
    const isNew = row?.id === id;
    return { isNew, isFirst: isNew && (await this.#forgetOldest(accountId)) };
  }

  /** Ends the trust in all of the account's browsers. */
  async trustNone(accountId: string): Promise<void> {
    await this.db
      .updateTable('known_browsers')
      .set({ trusted_until: null })
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .execute();
  }

  async find(accountId: string, deviceId: string): Promise<KnownBrowser | undefined> {
    const row = await this.#of(accountId).where('browser_hash', '=', hashSecret(deviceId)).executeTakeFirst();
    return row && toKnownBrowser(row);
  }

  /** Last used first. */
  async list(accountId: string): Promise<KnownBrowser[]> {
    const rows = await this.#of(accountId).orderBy('last_seen_at', 'desc').orderBy('id').execute();
    return rows.map(toKnownBrowser);
  }

  /** Forgets a browser. @param id as {@link list} names it. @returns what was forgotten; undefined when the account knows none of this name */
  async forget(accountId: string, id: string): Promise<KnownBrowser | undefined> {
    const row = await this.db
      .deleteFrom('known_browsers')
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
    return row && toKnownBrowser(row);
  }

  /** @returns whether there is one alone */
  async #forgetOldest(accountId: string): Promise<boolean> {
    const browsers = await this.list(accountId);
    for (const { id } of browsers.slice(MAX_KNOWN_BROWSERS)) await this.forget(accountId, id);
    return browsers.length === 1;
  }

  #of(accountId: string) {
    return this.db
      .selectFrom('known_browsers')
      .selectAll()
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId);
  }
}

function toKnownBrowser(row: Selectable<KnownBrowserRow>): KnownBrowser {
  return present<KnownBrowser>({
    id: row.id,
    browserHash: row.browser_hash,
    userAgent: row.user_agent,
    firstSeenAt: new Date(row.first_seen_at),
    lastSeenAt: new Date(row.last_seen_at),
    trustedUntil: dateOf(row.trusted_until),
  });
}
