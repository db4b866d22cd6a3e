import type { Realm } from '@signup-with-platform/protocol';
import type { Kysely, Transaction } from 'kysely';
import { changingAccount } from './changing-account.ts';
import { randomId } from './ids.ts';
import { Repository } from './repository.ts';
import type { Tables } from './tables.ts';
import { transaction } from './transaction.ts';

export interface Picture {
  /** E.g. `image/webp`. */
  contentType: string;
  bytes: Buffer;
}

/** What a picture shows. An account comes with its realm, so that no picture of another realm's account is reached. */
export type PictureOwner = { account: string; realm: Realm } | { app: string };

/** Other texts are not looked up, because PostgreSQL refuses some of them, such as those with a NUL. */
const PICTURE_ID = /^[\w-]{22}$/;

/**
 * Pictures of people and logos of apps, at most one each, and one that an app proposes. An id is random, so that a picture cannot be found by guessing, and new with each
 * picture, so that caches may keep a picture for good.
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
   * Stores a picture, makes its owner refer to it, and deletes the previous one, in one transaction.
   *
   * @param addressOf returns the address of a picture, to which the owner refers, from its id
   * @returns that address; undefined when there is no such owner
   */
  async replace(owner: PictureOwner, picture: Picture, addressOf: (id: string) => string): Promise<string | undefined> {
    const id = randomId();
    const address = addressOf(id);
    const isStored = await transaction(this.db, async (trx) => {
      if (!(await changeReference(trx, owner, address))) return false;
      await deleteOf(trx, owner);
      await insert(trx, id, owner, picture);
      return true;
    });
    return isStored ? address : undefined;
  }

  /**
   * Stores a logo that the app does not refer to yet, in place of another such one. The logo that people see stays.
   * @returns its address
   */
  async propose(appId: string, picture: Picture, addressOf: (id: string) => string): Promise<string> {
    const id = randomId();
    await transaction(this.db, async (trx) => {
      await deleteUnusedLogos(trx, appId);
      await insert(trx, id, { app: appId }, picture);
    });
    return addressOf(id);
  }

  /** Removes the reference too, even if it leads to a picture that is stored elsewhere. */
  async remove(owner: PictureOwner): Promise<void> {
    await transaction(this.db, async (trx) => {
      if (await changeReference(trx, owner, null)) await deleteOf(trx, owner);
    });
  }
}

/** An account's picture may be shared with vendors, who are told. */
function changeReference(trx: Kysely<Tables>, owner: PictureOwner, address: string | null): Promise<boolean> {
  return 'account' in owner
    ? changingAccount(trx, owner.realm, owner.account, (db) => refer(db, owner, address))
    : refer(trx, owner, address);
}

/** Sets the owner's reference. It comes first in each transaction, because it locks the row: of two changes, the later sees the earlier. */
async function refer(trx: Kysely<Tables>, owner: PictureOwner, address: string | null): Promise<boolean> {
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

async function insert(trx: Transaction<Tables>, id: string, owner: PictureOwner, picture: Picture): Promise<void> {
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
}

/** Deletes pictures that were proposed as the logo of an app, and are not. */
export async function deleteUnusedLogos(db: Kysely<Tables>, appId: string): Promise<void> {
  const app = await db.selectFrom('apps').select('logo_uri').where('id', '=', appId).executeTakeFirst();
  const used = app?.logo_uri?.split('/').at(-1) ?? '';
  await db.deleteFrom('pictures').where('app_id', '=', appId).where('id', '!=', used).execute();
}
