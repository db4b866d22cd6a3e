import type { Realm } from '@signup-with-platform/protocol';
import type { Transaction } from 'kysely';
import { hashSecret } from './ids.ts';
import type { Tables } from './tables.ts';

/** By which a row of an import is known again whose person was erased. It is all that is kept of them. */
export function tombstoneOf(key: string): string {
  return hashSecret(`import-tombstone\n${key}`);
}

/** Notes that somebody is erased whom an import had brought, so that the next one does not bring them back. */
export async function leaveTombstone(trx: Transaction<Tables>, realm: Realm, accountId: string): Promise<void> {
  const origin = await trx
    .selectFrom('imported_accounts')
    .select('row_key')
    .where('realm', '=', realm)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  if (!origin) return;
  await trx
    .insertInto('import_tombstones')
    .values({ realm, key_hash: tombstoneOf(origin.row_key), erased_at: Date.now() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
