import type { Selectable } from 'kysely';
import { emailKey } from './email-key.ts';
import { randomId } from './ids.ts';
import { present } from './present.ts';
import { Repository } from './repository.ts';
import type { MailRow } from './tables.ts';

/** A mail that an app of the sandbox caused, as the app's developers see it. */
export interface InboxMail {
  id: string;
  to: string;
  subject: string;
  text: string;
  /** Absent in mails from before there was one. */
  html?: string;
  /** What the text contains to be opened, or to be entered. */
  link?: string;
  code?: string;
  createdAt: Date;
}

export interface NewInboxMail extends Omit<InboxMail, 'id' | 'createdAt'> {
  /** The account of the sandbox that the mail is about. */
  accountId?: string | undefined;
}

export interface InboxQuery {
  limit: number;
  /** Only mails to this address, in any case. */
  to?: string | undefined;
  /** Only mails from this moment on. */
  since?: Date | undefined;
  /** Only mails older than this one, which may have been deleted since. */
  before?: InboxCursor | undefined;
}

export type InboxCursor = Pick<InboxMail, 'id' | 'createdAt'>;

/** How many mails an inbox keeps. A new one replaces the oldest. */
export const INBOX_SIZE = 200;
/** The sweeper deletes older mails. */
export const INBOX_DAYS = 7;

/** The sandbox inbox of each app: what would have been mailed. */
export class SandboxInboxRepository extends Repository {
  /** @returns the mail's id */
  async add(appId: string, mail: NewInboxMail): Promise<string> {
    const id = randomId();
    await this.db
      .insertInto('mails')
      .values({
        id,
        recipient: mail.to,
        recipient_key: emailKey(mail.to),
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        attempts: 0,
        due_at: null,
        created_at: Date.now(),
        realm: 'sandbox',
        app_id: appId,
        account_id: mail.accountId,
        link: mail.link,
        code: mail.code,
      })
      .execute();
    await this.#dropOldest(appId);
    return id;
  }

  async #dropOldest(appId: string): Promise<void> {
    const oldest = await this.#newestFirst(appId).select('created_at').offset(INBOX_SIZE).limit(1).executeTakeFirst();
    if (!oldest) return;
    await this.db
      .deleteFrom('mails')
      .where('app_id', '=', appId)
      .where('created_at', '<=', oldest.created_at)
      .where(({ eb, selectFrom }) =>
        eb(
          'id',
          'not in',
          selectFrom('mails as kept')
            .select('kept.id')
            .where('kept.app_id', '=', appId)
            .orderBy('kept.created_at', 'desc')
            .orderBy('kept.id', 'desc')
            .limit(INBOX_SIZE),
        ),
      )
      .execute();
  }

  /** Newest first. */
  async list(appId: string, { limit, to, since, before }: InboxQuery): Promise<{ mails: InboxMail[]; more: boolean }> {
    let query = this.#newestFirst(appId).selectAll();
    if (to !== undefined) query = query.where('recipient_key', '=', emailKey(to));
    if (since) query = query.where('created_at', '>=', since.getTime());
    if (before) {
      const at = before.createdAt.getTime();
      query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('created_at', 'id'), '<', tuple(at, before.id)));
    }
    const rows = await query.limit(limit + 1).execute();
    return { mails: rows.slice(0, limit).map(toInboxMail), more: rows.length > limit };
  }

  async find(appId: string, id: string): Promise<InboxMail | undefined> {
    const row = await this.db
      .selectFrom('mails')
      .selectAll()
      .where('app_id', '=', appId)
      .where('id', '=', id)
      .executeTakeFirst();
    return row && toInboxMail(row);
  }

  /** @returns whether the inbox had the mail */
  async delete(appId: string, id: string): Promise<boolean> {
    const { numDeletedRows } = await this.db
      .deleteFrom('mails')
      .where('app_id', '=', appId)
      .where('id', '=', id)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  /** Deletes all mails, or those to one address. @returns how many there were */
  async clear(appId: string, to?: string): Promise<number> {
    let query = this.db.deleteFrom('mails').where('app_id', '=', appId);
    if (to !== undefined) query = query.where('recipient_key', '=', emailKey(to));
    const { numDeletedRows } = await query.executeTakeFirst();
    return Number(numDeletedRows);
  }

  #newestFirst(appId: string) {
    return this.db.selectFrom('mails').where('app_id', '=', appId).orderBy('created_at', 'desc').orderBy('id', 'desc');
  }
}

function toInboxMail(row: Selectable<MailRow>): InboxMail {
  return present<InboxMail>({
    id: row.id,
    to: row.recipient,
    subject: row.subject,
    text: row.text,
    html: row.html,
    link: row.link,
    code: row.code,
    createdAt: new Date(row.created_at),
  });
}
