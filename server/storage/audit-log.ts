import type { Realm } from '@signup-with-platform/protocol';
import { fromJson } from './columns.ts';
import { randomId } from './ids.ts';
import { present } from './present.ts';
import { Repository } from './repository.ts';

/** A security-relevant act: who did what to whom, and from where. */
export interface AuditEntry {
  /** Null for what belongs to no realm, such as an app. */
  realm: Realm | null;
  /** Noun and past participle, e.g. `account.password_changed`. */
  act: AuditAct;
  /** `account:<id>`, `app:<client_id>`, `operator` or `system`. */
  actor: string;
  /** E.g. `account:<id>`, `app:<id>`, `environment:<client_id>`, `key:<id>`. */
  subject?: string;
  /** Network address. */
  address?: string | undefined;
  requestId?: string | undefined;
  /** Further details; never a secret, a password or personal data. */
  detail?: Record<string, unknown>;
}

type AuditNoun =
  | 'account'
  | 'session'
  | 'passkey'
  | 'app'
  | 'environment'
  | 'key'
  | 'member'
  | 'invitation'
  | 'consent'
  | 'signing_key'
  | 'database';
export type AuditAct = `${AuditNoun}.${string}`;

export interface RecordedAuditEntry extends AuditEntry {
  id: string;
  at: Date;
}

export interface AuditFilter {
  since?: Date;
  act?: string;
  actor?: string;
  subject?: string;
  /** Default 100. */
  limit?: number;
}

/** Security-relevant acts in the order in which they happened. Entries are never changed or deleted; the database refuses both. */
export class AuditLog extends Repository {
  async append(entry: AuditEntry): Promise<void> {
    await this.db
      .insertInto('audit_log')
      .values({
        id: randomId(),
        realm: entry.realm,
        act: entry.act,
        actor: entry.actor,
        subject: entry.subject ?? null,
        address: entry.address ?? null,
        request_id: entry.requestId ?? null,
        detail: entry.detail ? JSON.stringify(entry.detail) : null,
        created_at: nextInstant(),
      })
      .execute();
  }

  /** The latest that match, oldest first. */
  async list({ since, act, actor, subject, limit = 100 }: AuditFilter = {}): Promise<RecordedAuditEntry[]> {
    let query = this.db.selectFrom('audit_log').selectAll().orderBy('created_at', 'desc').orderBy('id').limit(limit);
    if (since) query = query.where('created_at', '>=', since.getTime());
    if (act) query = query.where('act', '=', act);
    if (actor) query = query.where('actor', '=', actor);
    if (subject) query = query.where('subject', '=', subject);
    const rows = await query.execute();
    return rows.reverse().map((row) => ({
      realm: row.realm,
      ...present<Omit<RecordedAuditEntry, 'realm'>>({
        id: row.id,
        at: new Date(row.created_at),
        act: row.act as AuditAct,
        actor: row.actor,
        subject: row.subject,
        address: row.address,
        requestId: row.request_id,
        detail: fromJson(row.detail),
      }),
    }));
  }
}

let last = 0;

/** Now, but later than every earlier entry of this process, so that entries of one millisecond are read in the right order. */
function nextInstant(): number {
  last = Math.max(Date.now(), last + 1);
  return last;
}
