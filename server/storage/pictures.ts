import type { Realm } from '@signup-with-platform/protocol';
import type { Transaction } from 'kysely';
import { randomId } from './ids.ts';
import { Repository } from './repository.ts';
import type { Tables } from './tables.ts';
import { transaction } from './transaction.ts';

export interface Picture {
  /** E.g. `image/webp`. */
  contentType: string;
  bytes: Buffer;
}

/** What a picture is of. An account has its realm beside it: nothing reaches across to another's. */
export type PictureOwner = { account: string; realm: Realm } | { app: string };

/** Nothing else is looked for; PostgreSQL refuses some texts, such as those with a NUL. */
const PICTURE_ID = /^[\w-]{22}$/;

/**
 * Pictures of people and logos of apps, one of each at most. Their ids are random, so who has not been told of a picture does not
 * find it, and new with each picture, so that it can be kept wherever it passes.
 */
export class PictureRepository extends Repository {
  async find(id: string): Promise<Picture | undefined> {
    if (!PICTURE_ID.test(id)) return undefined;
    const row = await this.db
      .selectFrom('pictures')
      .select(['content_type', 'base64'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row && { contentType: row.content_type, bytes: Buffer.from(row.base64, 'base64') };
  }

  /**
   * Stores a picture, has its owner refer to it, and deletes the one before, all at once.
   *
   * @param addressOf what the owner refers to it by, given its id
   * @returns that address; undefined when there is no such owner
   */
  async replace(owner: PictureOwner, picture: Picture, addressOf: (id: string) => string): Promise<string | undefined> {
    const id = randomId();
    const address = addressOf(id);
    const isStored = await transaction(this.db, async (trx) => {
      if (!(await refer(trx, owner, address))) return false;
      await deleteOf(trx, owner);
      await trx
        .insertInto('pictures')
        .values({
          id,
          account_id: 'account' in owner ? owner.account : null,
          app_id: 'app' in owner ? owner.app : null,
          content_type: picture.contentType,
          base64: picture.bytes.toString('base64'),
          created_at: Date.now(),
        })
        .execute();
      return true;
    });
    return isStored ? address : undefined;
  }

  /** Also when what the owner refers to is stored elsewhere. */
  async remove(owner: PictureOwner): Promise<void> {
    await transaction(this.db, async (trx) => {
      if (await refer(trx, owner, null)) await deleteOf(trx, owner);
    });
  }
}

/** Comes first in each transaction: it locks the owner's row, so that of two changes at once the later sees what the earlier stored. */
async function refer(trx: Transaction<Tables>, owner: PictureOwner, address: string | null): Promise<boolean> {
  const updated_at = Date.now();
  const { numUpdatedRows } = await ('account' in owner
    ? trx
        .updateTable('accounts')
        .set({ picture: address, updated_at })
        .where('id', '=', owner.account)
        .where('realm', '=', owner.realm)
        .executeTakeFirst()
    : trx.updateTable('apps').set({ logo_uri: address, updated_at }).where('id', '=', owner.app).executeTakeFirst());
  return numUpdatedRows > 0n;
}

async function deleteOf(trx: Transaction<Tables>, owner: PictureOwner): Promise<void> {
  const pictures = trx.deleteFrom('pictures');
  await ('account' in owner
    ? pictures.where('account_id', '=', owner.account)
    : pictures.where('app_id', '=', owner.app)
  ).execute();
}
