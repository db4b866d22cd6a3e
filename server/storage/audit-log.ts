import { hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Realm } from '@signup-with-platform/protocol';
import { type Kysely, type Selectable, sql } from 'kysely';
import { fromJson } from './columns.ts';
import { randomId } from './ids.ts';
import { present } from './present.ts';
import { Repository } from './repository.ts';
import type { AuditLogRow, AuditRefusalRow, Tables } from './tables.ts';
import { transaction } from './transaction.ts';
import { truncateAddress } from './truncate-address.ts';

/** A security-relevant act: who did what to whom, and from where. */
export interface AuditEntry {
  /** Null for what belongs to no realm, such as an app. */
  realm: Realm | null;
  /** Noun and past participle, e.g. `account.password_changed`. */
  act: AuditAct;
  /** `account:<id>`, `app:<client_id>`, `management-key:<id>`, `operator` or `system`. */
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
  | 'identity'
  | 'import'
  | 'second_factor'
  | 'app'
  | 'environment'
  | 'key'
  | 'management_key'
  | 'member'
  | 'invitation'
  | 'consent'
  | 'signing_key'
  | 'webhook'
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

/** How long an entry keeps the whole network address. After that, only the network is known. */
const AUDIT_ADDRESS_LIFETIME_MS = 90 * 24 * 60 * 60 * 1000;
/** Refusals of one kind from one network are counted for so long, and then become one entry. */
const REFUSAL_WINDOW_MS = 60 * 60 * 1000;
/** Acts that anybody can cause without end, and what a backend reads all day. */
const COUNTED_ACT = /\.(refused|password_reset_requested|read|searched)$/;

/** Security-relevant acts in the order in which they happened. Entries are never changed or deleted; the database refuses both. */
export class AuditLog extends Repository {
  /** Writes an entry. A refusal, or what was only read, is counted by the hour, so that nobody fills the log with them. */
  async append(entry: AuditEntry): Promise<void> {
    if (COUNTED_ACT.test(entry.act)) return this.#countRefusal(entry);
    await writeEntry(this.db, entry, nextInstant());
  }

  /** The latest that match, oldest first. Refusals of the present window are among them. */
  async list({ since, act, actor, subject, limit = 100 }: AuditFilter = {}): Promise<RecordedAuditEntry[]> {
    let written = this.db
      .selectFrom('audit_log')
      .leftJoin('audit_addresses', 'audit_addresses.entry_id', 'audit_log.id')
      .selectAll('audit_log')
      .select('audit_addresses.address as whole_address')
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .limit(limit);
    let counted = this.db
      .selectFrom('audit_refusals')
      .selectAll()
      .orderBy('last_at', 'desc')
      .orderBy('id')
      .limit(limit);
    if (since) {
      written = written.where('created_at', '>=', since.getTime());
      counted = counted.where('last_at', '>=', since.getTime());
    }
    if (act) [written, counted] = [written.where('act', '=', act), counted.where('act', '=', act)];
    if (actor) [written, counted] = [written.where('actor', '=', actor), counted.where('actor', '=', actor)];
    if (subject) [written, counted] = [written.where('subject', '=', subject), counted.where('subject', '=', subject)];
    const entries = [
      ...(await written.execute()).map((row) => recorded({ ...row, address: row.whole_address ?? row.address })),
      ...(await counted.execute()).map((row) => recorded({ ...row, detail: detailOf(row), created_at: row.last_at })),
    ];
    return entries.sort((one, other) => one.at.getTime() - other.at.getTime()).slice(-limit);
  }

  /** Counts a refusal together with those of the same kind, from the same network, in the same window. */
  async #countRefusal({ realm, act, actor, subject, address, requestId, detail }: AuditEntry): Promise<void> {
    const now = Date.now();
    const closesAt = (Math.floor(now / REFUSAL_WINDOW_MS) + 1) * REFUSAL_WINDOW_MS;
    const network = address === undefined ? null : truncateAddress(address);
    const kind = [realm, act, actor, subject, network, detail, closesAt];
    await this.db
      .insertInto('audit_refusals')
      .values({
        id: hash('sha256', JSON.stringify(kind), 'base64url'),
        realm,
        act,
        actor,
        subject: subject ?? null,
        address: address ?? null,
        request_id: requestId ?? null,
        detail: detail ? JSON.stringify(detail) : null,
        refusals: 1,
        first_at: now,
        last_at: now,
        closes_at: closesAt,
      })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet({ refusals: sql`audit_refusals.refusals + 1`, last_at: now }),
      )
      .execute();
  }
}

const WINDOWS_AT_ONCE = 100;

/** Writes an entry for each window of refusals that has closed. */
export async function closeRefusalWindows(db: Kysely<Tables>, now: number): Promise<void> {
  for (;;) {
    const closed = await transaction(db, async (within) => {
      const due = within.selectFrom('audit_refusals').select('id').where('closes_at', '<=', now).limit(WINDOWS_AT_ONCE);
      const rows = await within.deleteFrom('audit_refusals').where('id', 'in', due).returningAll().execute();
      for (const row of rows) {
        const entry: AuditEntry = {
          realm: row.realm,
          act: row.act as AuditAct,
          actor: row.actor,
          ...(row.subject !== null && { subject: row.subject }),
          ...(row.address !== null && { address: row.address }),
          ...(row.request_id !== null && { requestId: row.request_id }),
          detail: fromJson(detailOf(row)) ?? {},
        };
        await writeEntry(within, entry, row.last_at);
      }
      return rows.length;
    });
    if (closed < WINDOWS_AT_ONCE) return;
    await nextTurn();
  }
}

/** Writes the entry with the network alone, and the whole address beside it, where it expires. */
async function writeEntry(db: Kysely<Tables>, entry: AuditEntry, at: number): Promise<void> {
  const id = randomId();
  const { address } = entry;
  const entryInsert = db.insertInto('audit_log').values({
    id,
    realm: entry.realm,
    act: entry.act,
    actor: entry.actor,
    subject: entry.subject ?? null,
    address: address === undefined ? null : truncateAddress(address),
    request_id: entry.requestId ?? null,
    detail: entry.detail ? JSON.stringify(entry.detail) : null,
    created_at: at,
  });
  const expiresAt = at + AUDIT_ADDRESS_LIFETIME_MS;
  const addressInsert =
    address === undefined
      ? undefined
      : db.insertInto('audit_addresses').values({ entry_id: id, address, expires_at: expiresAt });
  if (db.isTransaction) {
    await entryInsert.execute();
    await addressInsert?.execute();
    return;
  }
  // At the same moment, so that they share a commit.
  await Promise.all([entryInsert.execute(), addressInsert?.execute()]);
}

function detailOf({ detail, refusals, first_at: firstAt }: Selectable<AuditRefusalRow>): string {
  const since = refusals > 1 ? { since: new Date(firstAt).toISOString() } : {};
  return JSON.stringify({ ...fromJson(detail), count: refusals, ...since });
}

function recorded(row: Selectable<AuditLogRow>): RecordedAuditEntry {
  return {
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
  };
}

let last = 0;

/** Now, but later than every earlier entry of this process, so that entries of one millisecond are read in the right order. */
function nextInstant(): number {
  last = Math.max(Date.now(), last + 1);
  return last;
}
