import { type Kysely, type SqlBool, sql } from 'kysely';
import { BATCH_ROWS, deleteInBatches, updateInBatches } from './batches.ts';
import { eraseAccount, findDue } from './erase-account.ts';
import { eraseTraces } from './erase-traces.ts';
import type { Tables } from './tables.ts';
import { transaction } from './transaction.ts';

/**
 * Marks an app as deleted and ends every way to it: members, invitations, keys, logo. From then on nobody finds it. What there may be much
 * of is left to {@link eraseDeletedApps}, so that this can be part of a transaction that is short.
 * @returns false when there is no such app (any more)
 */
export async function markAppDeleted(db: Kysely<Tables>, appId: string): Promise<boolean> {
  return transaction(db, async (trx) => {
    const now = Date.now();
    const marked = await trx
      .updateTable('apps')
      .set({ deleted_at: now, disabled_at: now, stopped_at: now, updated_at: now })
      .where('id', '=', appId)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
    if (marked.numUpdatedRows === 0n) return false;
    await trx.deleteFrom('app_members').where('app_id', '=', appId).execute();
    await trx.deleteFrom('app_invitations').where('app_id', '=', appId).execute();
    await trx.deleteFrom('pictures').where('app_id', '=', appId).execute();
    await trx.deleteFrom('managed_apps').where('app_id', '=', appId).execute();
    const environments = trx.selectFrom('environments').select('client_id').where('app_id', '=', appId);
    await trx.deleteFrom('api_keys').where('client_id', 'in', environments).execute();
    // Nobody is told of an app that is gone.
    await trx
      .updateTable('webhooks')
      .set({ disabled_at: now, disabled_because: 'asked' })
      .where('client_id', 'in', environments)
      .execute();
    return true;
  });
}

/** Deletes what is left of apps that are marked as deleted. Whoever stops in the middle may call this again. */
export async function eraseDeletedApps(db: Kysely<Tables>): Promise<void> {
  const marked = await db.selectFrom('apps').select('id').where('deleted_at', 'is not', null).execute();
  for (const { id } of marked) await eraseApp(db, id);
}

async function eraseApp(db: Kysely<Tables>, appId: string): Promise<void> {
  const environments = db.selectFrom('environments').select(['client_id', 'realm']).where('app_id', '=', appId);
  for (const { client_id: clientId, realm } of await environments.execute()) {
    const ofClient = sql<SqlBool>`client_id = ${clientId}`;
    const ofEnvironment = sql<SqlBool>`client_id = ${clientId} and realm = ${realm}`;
    await deleteInBatches(db, 'app_events', ['id'], ofClient, 'created_at');
    await deleteInBatches(db, 'session_clients', ['session_uid', 'client_id'], ofClient);
    await deleteInBatches(db, 'jobs', ['id'], ofClient);
    await eraseWebhooks(db, clientId);
    await deleteInBatches(db, 'idempotency_keys', ['client_id', 'key_hash'], ofClient);
    await deleteInBatches(db, 'list_positions', ['id_hash'], ofClient);
    await deleteInBatches(db, 'user_codes', ['code_hash'], ofEnvironment);
    await deleteInBatches(db, 'grants', ['id'], ofEnvironment, 'account_id');
    // Each takes its disclosures with it, a few rows.
    await deleteInBatches(db, 'users', ['id'], ofEnvironment, 'created_at');
  }
  await deleteInBatches(db, 'mails', ['id'], sql<SqlBool>`app_id = ${appId}`);
  await eraseAccounts(db, appId);
  // Takes the environments with it, and what a request that was under way has added since.
  await db.deleteFrom('apps').where('id', '=', appId).execute();
}

async function eraseWebhooks(db: Kysely<Tables>, clientId: string): Promise<void> {
  const webhooks = await db.selectFrom('webhooks').select('id').where('client_id', '=', clientId).execute();
  for (const { id } of webhooks)
    await deleteInBatches(db, 'webhook_deliveries', ['id'], sql<SqlBool>`webhook_id = ${id}`);
  await db.deleteFrom('webhooks').where('client_id', '=', clientId).execute();
}

/** The app's people of the sandbox, one by one, because sessions and tokens go with each. They are due from now on. */
async function eraseAccounts(db: Kysely<Tables>, appId: string): Promise<void> {
  const ofApp = sql<SqlBool>`sandbox_app_id = ${appId}`;
  for (;;) {
    const now = Date.now();
    // Again each time, because a sign-up may have been under way.
    const notDue = sql<SqlBool>`${ofApp} and (expires_at is null or expires_at > ${now})`;
    await updateInBatches(db, 'accounts', ['id'], { expires_at: now }, notDue);
    const batch = await db.selectFrom('accounts').select('id').where(ofApp).limit(BATCH_ROWS).execute();
    if (batch.length === 0) return;
    for (const { id } of batch) {
      const person = await findDue(db, 'sandbox', id);
      if (!person) continue;
      await eraseTraces(db, 'sandbox', person);
      await transaction(db, (trx) => eraseAccount(trx, 'sandbox', person));
    }
  }
}
