import type { Realm } from '@signup-with-platform/protocol';
import { type Kysely, type Selectable, type SqlBool, sql } from 'kysely';
import { BATCH_ROWS } from './batches.ts';
import { fromJson } from './columns.ts';
import { randomId } from './ids.ts';
import { type Lease, type Queue, queueOf, renewLease, takeDue } from './leases.ts';
import { Repository } from './repository.ts';
import type { JobKindName, JobRow, Tables } from './tables.ts';

export interface NewJob {
  kind: JobKindName;
  realm: Realm;
  /** Whose backend. */
  clientId: string;
  /** Whom it is about, as the vendor knows them. */
  userId?: string;
  payload: Record<string, unknown>;
  /** Default: at once. */
  delayMs?: number;
}

/** A job that this process has taken. */
export interface Job extends Lease {
  kind: JobKindName;
  realm: Realm;
  clientId: string;
  userId?: string;
  payload: Record<string, unknown>;
  /** How often delivery has been tried, this time included. */
  attempts: number;
  createdAt: Date;
}

/** What waits to be delivered to vendors' backends. A lease that has run out is another's: all that is written for it then is nothing. */
export class JobRepository extends Repository {
  async add(jobs: readonly NewJob[]): Promise<void> {
    await addJobs(this.db, jobs);
  }

  /**
   * Takes the job of a kind that has been due for longest, for `leaseMs`.
   * @param exceptClients whose jobs are left for later
   */
  async claim(kind: JobKindName, leaseMs: number, exceptClients: readonly string[] = []): Promise<Job | undefined> {
    const others = exceptClients.length > 0 ? sql<SqlBool>`client_id not in (${sql.join(exceptClients)})` : sql`1 = 1`;
    for (;;) {
      const lease = await takeDue(this.db, 'jobs', leaseMs, sql<SqlBool>`kind = ${kind} and ${others}`);
      if (!lease) return undefined;
      const row = await this.db.selectFrom('jobs').selectAll().where('id', '=', lease.id).executeTakeFirst();
      // It may be deleted with whom it is about.
      if (row) return toJob(row, lease);
    }
  }

  renew(job: Lease, leaseMs: number): Promise<boolean> {
    return renewLease(this.db, 'jobs', job, leaseMs);
  }

  async delete(job: Lease): Promise<void> {
    await this.db.deleteFrom('jobs').where('id', '=', job.id).where('due_at', '=', job.leasedUntil).execute();
  }

  /**
   * Puts a job off, and with it what else waits for the same backend, a bounded number: while one backend is dead, its jobs are not in the
   * way of others', and not each of them has to find out.
   */
  async postpone(job: Job, delayMs: number, failure: string): Promise<void> {
    const dueAt = Date.now() + delayMs;
    await this.db
      .updateTable('jobs')
      .set({ due_at: dueAt, failure })
      .where('id', '=', job.id)
      .where('due_at', '=', job.leasedUntil)
      .execute();
    await this.#putOffWaiting(job, dueAt);
  }

  /**
   * Puts what else waits for the same backend behind what waits for others, a bounded number: apps cost nothing, so many backends that are slow
   * must not be in the way of one that is not.
   */
  async letOthersFirst(job: Job): Promise<void> {
    await this.#putOffWaiting(job, Date.now());
  }

  async #putOffWaiting(job: Job, dueAt: number): Promise<void> {
    const waiting = this.db
      .selectFrom('jobs')
      .select('id')
      .where('client_id', '=', job.clientId)
      .where('due_at', '<=', Date.now())
      .where('kind', '=', job.kind)
      .limit(BATCH_ROWS);
    // Those that are being delivered are due later, when their lease ends, and stay as they are.
    await this.db.updateTable('jobs').set({ due_at: dueAt }).where('id', 'in', waiting).execute();
  }

  /** What waits to be delivered. */
  queue(kind: JobKindName): Promise<Queue> {
    return queueOf(this.db, 'jobs', sql<SqlBool>`kind = ${kind}`);
  }

  /** Gives a job up. It is kept for a while, for whoever asks what became of it. */
  async park(job: Lease, failure: string): Promise<void> {
    await this.db
      .updateTable('jobs')
      .set({ due_at: null, failure })
      .where('id', '=', job.id)
      .where('due_at', '=', job.leasedUntil)
      .execute();
  }
}

/** Adds jobs, within the caller's transaction if there is one. */
export async function addJobs(db: Kysely<Tables>, jobs: readonly NewJob[]): Promise<void> {
  const now = Date.now();
  for (let from = 0; from < jobs.length; from += BATCH_ROWS) {
    const rows = jobs.slice(from, from + BATCH_ROWS).map(({ kind, realm, clientId, userId, payload, delayMs = 0 }) => ({
      id: randomId(),
      kind,
      realm,
      client_id: clientId,
      user_id: userId ?? null,
      payload: JSON.stringify(payload),
      attempts: 0,
      due_at: now + delayMs,
      created_at: now,
    }));
    await db.insertInto('jobs').values(rows).execute();
  }
}

function toJob(row: Selectable<JobRow>, lease: Lease): Job {
  return {
    ...lease,
    kind: row.kind,
    realm: row.realm,
    clientId: row.client_id,
    ...(row.user_id !== null && { userId: row.user_id }),
    payload: fromJson(row.payload),
    attempts: row.attempts,
    createdAt: new Date(row.created_at),
  };
}
