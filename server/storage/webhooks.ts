import type { Environment, Realm, WebhookEventType } from '@signup-with-platform/protocol';
import { type InferResult, type Kysely, type SqlBool, sql } from 'kysely';
import { deleteInBatches, updateInBatches } from './batches.ts';
import { dateOf, fromJson } from './columns.ts';
import { present } from './present.ts';
import { Repository } from './repository.ts';
import type { Tables, WebhookEnd } from './tables.ts';
import { transaction } from './transaction.ts';
import { noteAppEvent, noteTestEvent } from './webhook-events.ts';

export type { WebhookEnd } from './tables.ts';

/** Of an environment, those that are disabled included: more would be a way to make the platform call one address many times. */
export const MAX_WEBHOOKS = 10;

export class TooManyWebhooksError extends Error {
  override name = 'TooManyWebhooksError';
}

/** An endpoint that an environment's backend is told at. Its secrets are not among it. */
export interface Webhook {
  id: string;
  realm: Realm;
  clientId: string;
  appId: string;
  environment: Environment;
  url: string;
  /** Absent when it wants every type. */
  events?: WebhookEventType[];
  /** Until when the previous secret signs as well. */
  previousSecretEndsAt?: Date;
  /** Attempts that have failed since the last one that did not. */
  failures: number;
  failingSince?: Date;
  pausedUntil?: Date;
  warnedAt?: Date;
  disabledAt?: Date;
  disabledBecause?: WebhookEnd;
  createdAt: Date;
}

export interface NewWebhook {
  id: string;
  realm: Realm;
  clientId: string;
  url: string;
  events?: readonly WebhookEventType[] | undefined;
  /** Sealed. */
  secret: string;
}

/** The endpoints of all environments. */
export class WebhookRepository extends Repository {
  /** @throws TooManyWebhooksError */
  async create({ id, realm, clientId, url, events, secret }: NewWebhook): Promise<void> {
    const now = Date.now();
    await transaction(this.db, async (trx) => {
      // The lock keeps two from being made at the same moment, each of which would be the last.
      await trx
        .updateTable('environments')
        .set((row) => ({ updated_at: row.ref('updated_at') }))
        .where('client_id', '=', clientId)
        .execute();
      const others = await trx
        .selectFrom('webhooks')
        .select('id')
        .where('client_id', '=', clientId)
        .limit(MAX_WEBHOOKS)
        .execute();
      if (others.length >= MAX_WEBHOOKS) throw new TooManyWebhooksError();
      const kept = { id, realm, client_id: clientId, url, secret, failures: 0, created_at: now };
      await trx
        .insertInto('webhooks')
        .values({ ...kept, events: events ? JSON.stringify(events) : null })
        .execute();
    });
  }

  /** Oldest first. */
  async list(clientId: string): Promise<Webhook[]> {
    const rows = await selectWebhooks(this.db)
      .where('webhooks.client_id', '=', clientId)
      .orderBy('webhooks.created_at')
      .orderBy('webhooks.id')
      .execute();
    return rows.map(toWebhook);
  }

  async find(id: string): Promise<Webhook | undefined> {
    const row = await selectWebhooks(this.db).where('webhooks.id', '=', id).executeTakeFirst();
    return row && toWebhook(row);
  }

  /** The secrets that sign now, sealed, the newest first. */
  async secrets(id: string): Promise<{ column: 'secret' | 'previous_secret'; sealed: string }[]> {
    const row = await this.db
      .selectFrom('webhooks')
      .select(['secret', 'previous_secret', 'previous_secret_ends_at'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) return [];
    const { secret, previous_secret: previous, previous_secret_ends_at: endsAt } = row;
    const isBoth = previous !== null && endsAt !== null && endsAt > Date.now();
    return [
      { column: 'secret', sealed: secret },
      ...(isBoth ? [{ column: 'previous_secret' as const, sealed: previous }] : []),
    ];
  }

  /**
   * Replaces the secret. The one before signs as well for `graceMs`, so that the receiver has time to take the new one.
   * @param secret the new one, and the present one, each sealed for its column
   * @returns false when there is no such endpoint
   */
  async replaceSecret(id: string, secret: { next: string; previous: string }, graceMs: number): Promise<boolean> {
    return transaction(this.db, async (trx) => {
      const row = await trx
        .updateTable('webhooks')
        .set({
          secret: secret.next,
          previous_secret: graceMs > 0 ? secret.previous : null,
          previous_secret_ends_at: graceMs > 0 ? Date.now() + graceMs : null,
        })
        .where('id', '=', id)
        .returning('client_id')
        .executeTakeFirst();
      if (row)
        await noteAppEvent(trx, { clientId: row.client_id }, { type: 'key.rotated', changed: ['webhook_secret'] });
      return row !== undefined;
    });
  }

  /** Ends it: nothing more is written for it, and what waits is given up. @returns false when it has been ended */
  async disable(id: string, because: WebhookEnd): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('webhooks')
      .set({ disabled_at: Date.now(), disabled_because: because })
      .where('id', '=', id)
      .where('disabled_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** Gives up what waits for an endpoint that is disabled, a bounded number with each statement. */
  async giveUpWaiting(id: string): Promise<void> {
    const waiting = sql<SqlBool>`webhook_id = ${id} and due_at > 0`;
    await updateInBatches(this.db, 'webhook_deliveries', ['id'], { due_at: null, state: 'given_up' }, waiting);
  }

  /** @returns false when it was not disabled */
  async enable(id: string): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('webhooks')
      .set({ ...HEALTHY, disabled_at: null, disabled_because: null })
      .where('id', '=', id)
      .where('disabled_at', 'is not', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** Deletes an endpoint and what is known of its deliveries, a bounded number with each statement. @returns false when there is none */
  async delete(id: string): Promise<boolean> {
    await this.disable(id, 'asked');
    await deleteInBatches(this.db, 'webhook_deliveries', ['id'], sql<SqlBool>`webhook_id = ${id}`);
    const { numDeletedRows } = await this.db.deleteFrom('webhooks').where('id', '=', id).executeTakeFirst();
    return numDeletedRows > 0n;
  }

  /** Notes that it answers again. What waits while it failed is tried soon. */
  async noteSuccess(id: string): Promise<void> {
    await this.db.updateTable('webhooks').set(HEALTHY).where('id', '=', id).where('failures', '>', 0).execute();
  }

  /**
   * Notes that an attempt has failed.
   * @param pauseMs for how long nothing is sent, after so many failures in a row
   */
  async noteFailure(id: string, pauseMs: (failures: number) => number): Promise<Webhook | undefined> {
    const now = Date.now();
    const row = await this.db
      .updateTable('webhooks')
      .set(({ eb, fn, val }) => ({
        failures: eb('failures', '+', 1),
        failing_since: fn.coalesce('failing_since', val(now)),
      }))
      .where('id', '=', id)
      .returning('failures')
      .executeTakeFirst();
    const pause = row ? pauseMs(row.failures) : 0;
    if (pause > 0) await this.#pause(id, now, now + pause);
    return this.find(id);
  }

  /** Puts off what else is due there, too: not each event has to find out that the endpoint fails. */
  async #pause(id: string, now: number, until: number): Promise<void> {
    await this.db.updateTable('webhooks').set({ paused_until: until }).where('id', '=', id).execute();
    // Those that are being delivered are due later, when their lease ends, and stay as they are.
    const due = sql<SqlBool>`webhook_id = ${id} and due_at <= ${now}`;
    await updateInBatches(this.db, 'webhook_deliveries', ['id'], { due_at: until }, due);
  }

  /** Notes that the owners are told. @param last when they were told before. @returns false when somebody else was faster */
  async noteWarning(id: string, last: Date | undefined): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('webhooks')
      .set({ warned_at: Date.now() })
      .where('id', '=', id)
      .where('warned_at', 'is not distinct from', last?.getTime() ?? null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** Sends an event that tells of nothing, to try the endpoint. @returns undefined when there is none, or it is disabled */
  sendTest(
    id: string,
    event: { type: WebhookEventType; data: Record<string, unknown> },
  ): Promise<{ eventId: string; deliveryId: string } | undefined> {
    return transaction(this.db, (trx) => noteTestEvent(trx, id, event));
  }
}

function selectWebhooks(db: Kysely<Tables>) {
  return db
    .selectFrom('webhooks')
    .innerJoin('environments', 'environments.client_id', 'webhooks.client_id')
    .select([
      'webhooks.id',
      'webhooks.realm',
      'webhooks.client_id',
      'url',
      'events',
      'previous_secret_ends_at',
      'failures',
    ])
    .select(['failing_since', 'paused_until', 'warned_at', 'webhooks.disabled_at', 'disabled_because'])
    .select(['webhooks.created_at', 'environments.app_id', 'environments.environment']);
}

const HEALTHY = { failures: 0, failing_since: null, paused_until: null, warned_at: null };

function toWebhook(row: InferResult<ReturnType<typeof selectWebhooks>>[number]): Webhook {
  return present<Webhook>({
    id: row.id,
    realm: row.realm,
    clientId: row.client_id,
    appId: row.app_id,
    environment: row.environment,
    url: row.url,
    events: fromJson(row.events),
    previousSecretEndsAt: dateOf(row.previous_secret_ends_at),
    failures: row.failures,
    failingSince: dateOf(row.failing_since),
    pausedUntil: dateOf(row.paused_until),
    warnedAt: dateOf(row.warned_at),
    disabledAt: dateOf(row.disabled_at),
    disabledBecause: row.disabled_because,
    createdAt: new Date(row.created_at),
  });
}
