import type { Realm } from '@signup-with-platform/protocol';
import type { Selectable } from 'kysely';
import { emailKey } from './email-key.ts';
import { randomId } from './ids.ts';
import { type Lease, type Queue, queueOf, renewLease, takeDue } from './leases.ts';
import { present } from './present.ts';
import { Repository } from './repository.ts';
import type { MailRow } from './tables.ts';

export interface NewMail {
  to: string;
  subject: string;
  text: string;
  html?: string | undefined;
  /** Default: production. */
  realm?: Realm;
  /** The account of the sandbox that the mail is about. */
  accountId?: string | undefined;
}

export interface StoredMail {
  id: string;
  to: string;
  subject: string;
  text: string;
  /** Absent in mails from before there was one. */
  html?: string;
  /** How often sending it has been tried. */
  attempts: number;
  createdAt: Date;
}

/** A mail that this process has taken. */
export type ClaimedMail = StoredMail & Lease;

const MAX_LISTED = 100;

/** The outbox. Without an SMTP server mails stay here, to be read at /dev/mail, as those of the sandbox's inboxes do. */
export class MailRepository extends Repository {
  /** @param due whether the mail is to be sent, after {@link claim}; otherwise it is only kept for reading */
  async add(mail: NewMail, due: boolean): Promise<void> {
    const now = Date.now();
    await this.db
      .insertInto('mails')
      .values({
        id: randomId(),
        recipient: mail.to,
        recipient_key: emailKey(mail.to),
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        attempts: 0,
        due_at: due ? now : null,
        created_at: now,
        realm: mail.realm ?? 'production',
        account_id: mail.accountId,
      })
      .execute();
  }

  /** Claims one mail that is due, for `leaseMs`. Only one process gets it; if that process dies, another gets it after the lease. */
  async claim(leaseMs: number): Promise<ClaimedMail | undefined> {
    for (;;) {
      const lease = await takeDue(this.db, 'mails', leaseMs);
      if (!lease) return undefined;
      const row = await this.db.selectFrom('mails').selectAll().where('id', '=', lease.id).executeTakeFirst();
      // It may be deleted with the person to whom it is.
      if (row) return { ...toMail(row), ...lease };
    }
  }

  renew(mail: Lease, leaseMs: number): Promise<boolean> {
    return renewLease(this.db, 'mails', mail, leaseMs);
  }

  async postpone(id: string, delayMs: number): Promise<void> {
    await this.db
      .updateTable('mails')
      .set({ due_at: Date.now() + delayMs })
      .where('id', '=', id)
      .execute();
  }

  async delete(id: string): Promise<void> {
    await this.db.deleteFrom('mails').where('id', '=', id).execute();
  }

  async find(id: string): Promise<StoredMail | undefined> {
    const row = await this.db.selectFrom('mails').selectAll().where('id', '=', id).executeTakeFirst();
    return row && toMail(row);
  }

  /** What waits to be sent. */
  queue(): Promise<Queue> {
    return queueOf(this.db, 'mails');
  }

  /** Newest first. */
  async list(): Promise<StoredMail[]> {
    const rows = await this.db
      .selectFrom('mails')
      .selectAll()
      .orderBy('created_at', 'desc')
      .limit(MAX_LISTED)
      .execute();
    return rows.map(toMail);
  }
}

function toMail(row: Selectable<MailRow>): StoredMail {
  return present<StoredMail>({
    id: row.id,
    to: row.recipient,
    subject: row.subject,
    text: row.text,
    html: row.html,
    attempts: row.attempts,
    createdAt: new Date(row.created_at),
  });
}
