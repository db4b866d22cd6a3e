import type { Realm } from '@signup-with-platform/protocol';
import { type Kysely, type SqlBool, sql } from 'kysely';
import { BATCH_ROWS, deleteInBatches, deleteWhileScanning } from './batches.ts';
import { deleteTokens } from './connected-shops.ts';
import { containing } from './containing.ts';
import { emailKey } from './email-key.ts';
import type { DuePerson } from './erase-account.ts';
import { queueLogouts } from './session-clients.ts';
import { deleteRecordsOfSessions } from './sessions.ts';
import type { Tables } from './tables.ts';

/**
 * Deletes what tells of a person and is not found from the account's row once that is gone, or of which there may be much: a bounded number
 * of rows with each statement. It goes before the account, so that whoever stops in the middle comes back to it.
 */
export async function eraseTraces(db: Kysely<Tables>, realm: Realm, person: DuePerson): Promise<void> {
  const { id: accountId, email, emailVerified } = person;
  await eraseTokens(db, realm, accountId);
  await eraseSessions(db, realm, accountId);
  // Popups that are still open, forms that wait for a recent sign-in, and mails of the sandbox for pages.
  const records = sql<SqlBool>`owner_id = ${accountId} and realm = ${realm}`;
  await deleteInBatches(db, 'oidc_records', ['realm', 'model', 'id_hash'], records);
  await eraseEvents(db, person);
  await eraseParkedJobs(db, person);
  await eraseToldEvents(db, person);
  // Of the inboxes of the sandbox.
  await deleteInBatches(db, 'mails', ['id'], sql<SqlBool>`account_id = ${accountId}`);
  if (realm === 'production' && email !== null) await eraseMail(db, email, emailVerified);
}

async function eraseTokens(db: Kysely<Tables>, realm: Realm, accountId: string): Promise<void> {
  const grants = await db
    .selectFrom('grants')
    .select('id')
    .where('realm', '=', realm)
    .where('account_id', '=', accountId)
    .execute();
  for (const { id } of grants) await deleteTokens(db, realm, id);
}

async function eraseSessions(db: Kysely<Tables>, realm: Realm, accountId: string): Promise<void> {
  for (;;) {
    const sessions = await db
      .selectFrom('sessions')
      .select('uid')
      .where('realm', '=', realm)
      .where('account_id', '=', accountId)
      .limit(BATCH_ROWS)
      .execute();
    if (sessions.length === 0) return;
    await deleteRecordsOfSessions(db, realm, sessions);
    await queueLogouts(db, realm, sessions);
    const uids = sessions.map(({ uid }) => uid);
    await db.deleteFrom('sessions').where('realm', '=', realm).where('uid', 'in', uids).execute();
  }
}

/** Deletes what was given up of the person's; what still waits goes out within hours, and says to the vendor that they have left. */
async function eraseParkedJobs(db: Kysely<Tables>, { users }: DuePerson): Promise<void> {
  for (const { id } of users)
    await deleteInBatches(db, 'jobs', ['id'], sql<SqlBool>`user_id = ${id} and due_at is null`);
}

/** Deletes what vendors were told of the person. What still waits goes in the transaction that says instead that the person is gone. */
async function eraseToldEvents(db: Kysely<Tables>, { users }: DuePerson): Promise<void> {
  for (const { id } of users)
    await deleteInBatches(db, 'webhook_deliveries', ['id'], sql<SqlBool>`user_id = ${id} and due_at is null`);
}

/** Deletes the events in which apps' developers see the ids of the person's users. */
async function eraseEvents(db: Kysely<Tables>, { users }: DuePerson): Promise<void> {
  for (const { id, client_id: clientId } of users) {
    const pattern = containing(id);
    await deleteWhileScanning(db, 'app_events', 'id', {
      after: '',
      range: sql<SqlBool>`client_id = ${clientId}`,
      where: sql<SqlBool>`(user_id = ${id} or summary like ${pattern} or detail like ${pattern})`,
    });
  }
}

/**
 * In production, where an address proves something. Deletes mails to the person, kept mails to others that contain the address, and
 * invitations to an address that was proven to be the person's. Mails to others that wait to be sent stay, because they are deleted a
 * moment later, once they are sent.
 */
async function eraseMail(db: Kysely<Tables>, email: string, verified: boolean): Promise<void> {
  const key = emailKey(email);
  await deleteWhileScanning(db, 'mails', 'id', {
    after: '',
    range: sql<SqlBool>`(realm = 'production' or realm is null)`,
    where: sql<SqlBool>`(recipient_key = ${key} or (due_at is null and text like ${containing(email)}))`,
  });
  if (!verified) return;
  await deleteInBatches(db, 'app_invitations', ['id'], sql<SqlBool>`email_key = ${key}`);
}
