import type { Realm, WebhookEventType } from '@signup-with-platform/protocol';
import { type InferResult, type Kysely, type Selectable, type SqlBool, sql } from 'kysely';
import { BATCH_ROWS } from './batches.ts';
import { dateOf, fromJson } from './columns.ts';
import { type Lease, type Queue, queueOf, renewLease, takeDue } from './leases.ts';
import { present } from './present.ts';
import { Repository } from './repository.ts';
import type { Tables, WebhookDeliveryRow, WebhookDeliveryState, WebhookTry } from './tables.ts';
import { GIVEN_UP_AFTER_MS } from './webhook-events.ts';

export type { WebhookDeliveryState, WebhookTry } from './tables.ts';

/** Of each delivery, so many attempts are kept. */
const MAX_KEPT_TRIES = 10;

/** An event on its way to an endpoint, that this process has taken. */
export interface ClaimedDelivery extends Lease {
  webhookId: string;
  realm: Realm;
  eventId: string;
  type: WebhookEventType;
  userId?: string;
  sequence?: number;
  /** JSON, as it is sent. */
  body: string;
  /** This one included. */
  attempts: number;
  /** Whether a failure now is the last. */
  isLast: boolean;
  /** Whether the endpoint has failed since it last answered. */
  isFailing: boolean;
  tries: readonly WebhookTry[];
}

/** What became of an event at an endpoint. */
export interface WebhookDelivery {
  id: string;
  webhookId: string;
  eventId: string;
  type: WebhookEventType;
  userId?: string;
  sequence?: number;
  body?: string;
  isReplay: boolean;
  state: WebhookDeliveryState;
  attempts: number;
  nextAt?: Date;
  tries: readonly WebhookTry[];
  createdAt: Date;
}

/** What this process does not take now, because it has its share of it. */
export interface Saturated {
  webhooks: readonly string[];
  /** Endpoints that fail. */
  failing: boolean;
  sandbox: boolean;
}

export interface DeliveryFilter {
  state?: WebhookDeliveryState | undefined;
  type?: WebhookEventType | undefined;
  userId?: string | undefined;
  eventId?: string | undefined;
  since?: Date | undefined;
  until?: Date | undefined;
}

const isEarlierWaiting = sql<SqlBool>`exists (
  select 1 from webhook_deliveries as earlier where earlier.user_id = webhook_deliveries.user_id
  and earlier.webhook_id = webhook_deliveries.webhook_id and earlier.due_at > 0
  and earlier.sequence < webhook_deliveries.sequence)`;

/** What is told to endpoints. A lease that has run out is another's: all that is written for it then is nothing. */
export class WebhookDeliveryRepository extends Repository {
  /** Takes what has been due for longest, and waits for no earlier event of the same user. */
  async claim(leaseMs: number, { webhooks, failing, sandbox }: Saturated): Promise<ClaimedDelivery | undefined> {
    for (;;) {
      const held = sql<SqlBool>`(held_until <= ${Date.now()} or not ${isEarlierWaiting})`;
      const conditions = [
        held,
        ...(webhooks.length > 0 ? [sql<SqlBool>`webhook_id not in (${sql.join(webhooks)})`] : []),
        ...(failing ? [sql<SqlBool>`webhook_id not in (select id from webhooks where failing_since > 0)`] : []),
        ...(sandbox ? [sql<SqlBool>`realm = 'production'`] : []),
      ];
      const lease = await takeDue(this.db, 'webhook_deliveries', leaseMs, sql.join(conditions, sql` and `));
      if (!lease) return undefined;
      const row = await selectClaimed(this.db).where('webhook_deliveries.id', '=', lease.id).executeTakeFirst();
      // It may be deleted with whom it is about.
      if (row) return toClaimed(row, lease);
    }
  }

  renew(delivery: Lease, leaseMs: number): Promise<boolean> {
    return renewLease(this.db, 'webhook_deliveries', delivery, leaseMs);
  }

  /** It has arrived. Nothing is kept that says who it was who is gone. */
  async settle(delivery: ClaimedDelivery, attempt: WebhookTry): Promise<void> {
    const isOfSomebodyGone = delivery.type === 'user.deleted';
    await this.#write(delivery, attempt, {
      state: 'delivered',
      due_at: null,
      ...(isOfSomebodyGone && { user_id: null, body: null }),
    });
  }

  /** Tries it again later. What is held behind it stays so, and is not looked at meanwhile. */
  async postpone(delivery: ClaimedDelivery, attempt: WebhookTry, delayMs: number): Promise<void> {
    const now = Date.now();
    const dueAt = now + delayMs;
    if (!(await this.#write(delivery, attempt, { due_at: dueAt }))) return;
    const { userId, webhookId, sequence } = delivery;
    if (userId === undefined || sequence === undefined) return;
    const held = this.db
      .selectFrom('webhook_deliveries')
      .select('id')
      .where('user_id', '=', userId)
      .where('webhook_id', '=', webhookId)
      .where('due_at', '<=', now)
      .where('sequence', '>', sequence)
      .where('held_until', '>', now)
      .limit(BATCH_ROWS);
    await this.db
      .updateTable('webhook_deliveries')
      .set(({ eb, ref, val }) => ({
        due_at: eb.case().when('held_until', '<', dueAt).then(ref('held_until')).else(val(dueAt)).end(),
      }))
      .where('id', 'in', held)
      .execute();
  }

  /** Gives it up. It is kept for whoever asks, and can be sent again. */
  async giveUp(delivery: ClaimedDelivery, attempt?: WebhookTry): Promise<void> {
    await this.#write(delivery, attempt, { due_at: null, state: 'given_up' });
  }

  /** Puts what else waits for the same endpoint behind what waits for others, a bounded number. */
  async letOthersFirst({ webhookId }: ClaimedDelivery): Promise<void> {
    const now = Date.now();
    const waiting = this.db
      .selectFrom('webhook_deliveries')
      .select('id')
      .where('webhook_id', '=', webhookId)
      .where('due_at', '<=', now)
      .limit(BATCH_ROWS);
    await this.db.updateTable('webhook_deliveries').set({ due_at: now }).where('id', 'in', waiting).execute();
  }

  queue(): Promise<Queue> {
    return queueOf(this.db, 'webhook_deliveries');
  }

  /** Newest first. @param before continues after that one */
  async list(
    webhookId: string,
    filter: DeliveryFilter,
    { limit, before }: { limit: number; before?: string | undefined },
  ): Promise<WebhookDelivery[]> {
    const last =
      before === undefined
        ? undefined
        : await this.db
            .selectFrom('webhook_deliveries')
            .select(['created_at', 'id'])
            .where('webhook_id', '=', webhookId)
            .where('id', '=', before)
            .executeTakeFirst();
    let query = this.#matching(webhookId, filter).selectAll();
    if (last)
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('created_at', 'id'), '<', tuple(last.created_at, last.id)),
      );
    const rows = await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
    return rows.map(toDelivery);
  }

  /**
   * Sends again what was delivered or given up, marked as a replay, oldest first. What still waits is left alone.
   * @returns how many, at most {@link BATCH_ROWS}: call it again until there are none
   */
  async replay(webhookId: string, filter: DeliveryFilter, startedAt: Date): Promise<number> {
    const now = Date.now();
    const chosen = this.#matching(webhookId, filter)
      .select('id')
      .where('due_at', 'is', null)
      .where('body', 'is not', null)
      .where('created_at', '<=', startedAt.getTime())
      .orderBy('created_at')
      .limit(BATCH_ROWS);
    const { numUpdatedRows } = await this.db
      .updateTable('webhook_deliveries')
      .set({
        is_replay: 1,
        attempts: 0,
        state: 'waiting',
        due_at: now,
        held_until: 0,
        give_up_at: now + GIVEN_UP_AFTER_MS,
      })
      .where('id', 'in', chosen)
      .executeTakeFirst();
    return Number(numUpdatedRows);
  }

  #matching(webhookId: string, { state, type, userId, eventId, since, until }: DeliveryFilter) {
    let query = this.db.selectFrom('webhook_deliveries').where('webhook_id', '=', webhookId);
    if (state) query = query.where('state', '=', state);
    if (type) query = query.where('type', '=', type);
    if (userId !== undefined) query = query.where('user_id', '=', userId);
    if (eventId !== undefined) query = query.where('event_id', '=', eventId);
    if (since) query = query.where('created_at', '>=', since.getTime());
    if (until) query = query.where('created_at', '<=', until.getTime());
    return query;
  }

  async #write(
    { id, leasedUntil, tries }: ClaimedDelivery,
    attempt: WebhookTry | undefined,
    columns: { state?: WebhookDeliveryState; due_at: number | null; user_id?: null; body?: null },
  ): Promise<boolean> {
    const kept = attempt && [...tries, attempt].slice(-MAX_KEPT_TRIES);
    const { numUpdatedRows } = await this.db
      .updateTable('webhook_deliveries')
      .set({ ...columns, ...(kept && { tries: JSON.stringify(kept) }) })
      .where('id', '=', id)
      .where('due_at', '=', leasedUntil)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }
}

function selectClaimed(db: Kysely<Tables>) {
  return db
    .selectFrom('webhook_deliveries')
    .innerJoin('webhooks', 'webhooks.id', 'webhook_deliveries.webhook_id')
    .selectAll('webhook_deliveries')
    .select('webhooks.failing_since');
}

function toClaimed(row: InferResult<ReturnType<typeof selectClaimed>>[number], lease: Lease): ClaimedDelivery {
  return present<ClaimedDelivery>({
    id: lease.id,
    leasedUntil: lease.leasedUntil,
    webhookId: row.webhook_id,
    realm: row.realm,
    eventId: row.event_id,
    type: row.type,
    userId: row.user_id,
    sequence: row.sequence,
    body: row.is_replay === 1 ? markedAsReplay(row.body ?? '{}') : (row.body ?? '{}'),
    attempts: row.attempts,
    isLast: row.give_up_at <= Date.now(),
    isFailing: row.failing_since !== null,
    tries: fromJson(row.tries) ?? [],
  });
}

function markedAsReplay(body: string): string {
  const { data, ...event } = JSON.parse(body) as { data: Record<string, unknown> };
  return JSON.stringify({ ...event, data: { ...data, is_replay: true } });
}

function toDelivery(row: Selectable<WebhookDeliveryRow>): WebhookDelivery {
  return present<WebhookDelivery>({
    id: row.id,
    webhookId: row.webhook_id,
    eventId: row.event_id,
    type: row.type,
    userId: row.user_id,
    sequence: row.sequence,
    body: row.body,
    isReplay: row.is_replay === 1,
    state: row.state,
    attempts: row.attempts,
    nextAt: dateOf(row.due_at),
    tries: fromJson(row.tries) ?? [],
    createdAt: new Date(row.created_at),
  });
}
