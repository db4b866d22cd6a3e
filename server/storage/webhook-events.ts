import {
  type Environment,
  type Realm,
  type RotatedKey,
  WEBHOOK_EVENT_VERSION,
  type WebhookEventType,
} from '@signup-with-platform/protocol';
import type { Kysely } from 'kysely';
import { BATCH_ROWS } from './batches.ts';
import { fromJson } from './columns.ts';
import { randomId } from './ids.ts';
import { PreparedQuery } from './prepared-query.ts';
import type { Json, Tables, WebhookDeliveryRow } from './tables.ts';
import { transaction } from './transaction.ts';

/** For how long an event waits for earlier ones of the same user. */
export const HELD_MS = 10 * 60 * 1000;
/** For how long an event is tried. */
export const GIVEN_UP_AFTER_MS = 3 * 24 * 60 * 60 * 1000;
/** What vendors have to act on does not wait for what it makes pointless. */
const OVERTAKING: readonly WebhookEventType[] = ['user.deleted', 'user.disconnected'];

/** An event about one user of one environment. */
export interface UserEvent {
  type: Exclude<WebhookEventType, 'app.suspended' | 'key.rotated'>;
  clientId: string;
  userId: string;
  changed?: readonly string[];
}

/** An event about an environment itself. */
export type AppEventToTell = { type: 'app.suspended' } | { type: 'key.rotated'; changed: readonly RotatedKey[] };

const OF_CLIENT = new PreparedQuery(
  (db, parameter: (name: 'clientId') => string) =>
    db.selectNoFrom(({ exists, selectFrom }) =>
      exists(
        selectFrom('webhooks')
          .select('id')
          .where('client_id', '=', parameter('clientId'))
          .where('disabled_at', 'is', null),
      ).as('any'),
    ),
  ({ any }) => ({ any: Boolean(any) }),
);
const OF_REALM = new PreparedQuery(
  (db, parameter: (name: 'realm') => string) =>
    db.selectNoFrom(({ exists, selectFrom }) =>
      exists(
        selectFrom('webhooks')
          .select('id')
          .where('realm', '=', parameter('realm') as Realm)
          .where('disabled_at', 'is', null),
      ).as('any'),
    ),
  ({ any }) => ({ any: Boolean(any) }),
);

/**
 * Writes in a transaction when somebody wants to be told of it, and as it is otherwise: most environments have no endpoint, and what people do
 * there must not cost more because others have. On SQLite the answer is in memory.
 * @param about whose change it is: one environment's, or one that every environment of the realm may have to know of
 */
export async function whenTold<Result>(
  db: Kysely<Tables>,
  about: { clientId: string } | { realm: Realm },
  { told, untold }: { told: (trx: Kysely<Tables>) => Promise<Result>; untold: (db: Kysely<Tables>) => Promise<Result> },
): Promise<Result> {
  const found =
    'clientId' in about ? await OF_CLIENT.executeTakeFirst(db, about) : await OF_REALM.executeTakeFirst(db, about);
  return found?.any ? transaction(db, told) : untold(db);
}

interface Endpoint {
  id: string;
  events: Json<WebhookEventType[]> | null;
  paused_until: number | null;
  client_id: string;
  environment: Environment;
}

/**
 * Adds an event about a user for each endpoint that wants it, within the transaction of what has happened, so that none is lost and none tells
 * of what did not happen. The user's number is taken here, which locks the row: of two events, the later has the higher number.
 * @param trx a transaction, in which the user still is
 */
export async function noteUserEvent(trx: Kysely<Tables>, realm: Realm, event: UserEvent): Promise<void> {
  const { type, clientId, userId, changed } = event;
  if (changed?.length === 0) return;
  const endpoints = await enabledEndpoints(trx).where('webhooks.client_id', '=', clientId).execute();
  const wanting = endpoints.filter((endpoint) => wants(endpoint, type));
  if (wanting.length === 0) return;
  const user = await trx
    .updateTable('users')
    .set(({ eb }) => ({ event_sequence: eb('event_sequence', '+', 1) }))
    .where('id', '=', userId)
    .where('client_id', '=', clientId)
    .where('realm', '=', realm)
    .returning('event_sequence')
    .executeTakeFirst();
  if (!user) return;
  const { event_sequence: sequence } = user;
  await insertDeliveries(trx, realm, wanting, {
    type,
    userId,
    data: { user_id: userId, sequence, ...(changed && { changed }) },
  });
}

/** Adds an event about environments themselves. */
export async function noteAppEvent(
  trx: Kysely<Tables>,
  about: { clientId: string } | { appId: string } | { realm: Realm },
  { type, ...data }: AppEventToTell,
): Promise<void> {
  const endpoints = await enabledEndpoints(trx)
    .select('webhooks.realm')
    .$if('clientId' in about, (query) =>
      query.where('webhooks.client_id', '=', 'clientId' in about ? about.clientId : ''),
    )
    .$if('appId' in about, (query) => query.where('environments.app_id', '=', 'appId' in about ? about.appId : ''))
    .$if('realm' in about, (query) => query.where('webhooks.realm', '=', 'realm' in about ? about.realm : 'sandbox'))
    .execute();
  for (const endpoint of endpoints) {
    if (wants(endpoint, type)) await insertDeliveries(trx, endpoint.realm, [endpoint], { type, data });
  }
}

/** Adds an event for one endpoint, whatever it wants. @returns the identifiers of the event and its delivery */
export async function noteTestEvent(
  trx: Kysely<Tables>,
  webhookId: string,
  event: { type: WebhookEventType; data: Record<string, unknown> },
): Promise<{ eventId: string; deliveryId: string } | undefined> {
  const [endpoint] = await enabledEndpoints(trx)
    .select('webhooks.realm')
    .where('webhooks.id', '=', webhookId)
    .execute();
  if (!endpoint) return undefined;
  // Whoever tries an endpoint that fails wants to see whether it still does.
  const [added] = await insertDeliveries(trx, endpoint.realm, [{ ...endpoint, paused_until: null }], event);
  return added && { eventId: added.event_id, deliveryId: added.id };
}

function enabledEndpoints(trx: Kysely<Tables>) {
  return trx
    .selectFrom('webhooks')
    .innerJoin('environments', 'environments.client_id', 'webhooks.client_id')
    .select(['webhooks.id', 'webhooks.events', 'webhooks.paused_until', 'webhooks.client_id'])
    .select('environments.environment')
    .where('webhooks.disabled_at', 'is', null);
}

function wants({ events }: Pick<Endpoint, 'events'>, type: WebhookEventType): boolean {
  return events === null || fromJson(events).includes(type);
}

async function insertDeliveries(
  trx: Kysely<Tables>,
  realm: Realm,
  endpoints: readonly Endpoint[],
  { type, userId, data }: { type: WebhookEventType; userId?: string; data: Record<string, unknown> },
): Promise<WebhookDeliveryRow[]> {
  const now = Date.now();
  const eventId = randomId();
  const timestamp = new Date(now).toISOString();
  const rows = endpoints.map(({ id, client_id: clientId, environment, paused_until: pausedUntil }) => {
    const about = { version: WEBHOOK_EVENT_VERSION, client_id: clientId, environment };
    return {
      id: randomId(),
      webhook_id: id,
      realm,
      event_id: eventId,
      type,
      user_id: userId ?? null,
      sequence: typeof data['sequence'] === 'number' ? data['sequence'] : null,
      body: JSON.stringify({ type, timestamp, data: { ...about, ...data } }),
      is_replay: 0,
      attempts: 0,
      // An endpoint that fails is not asked for each event whether it still does.
      due_at: Math.max(now, pausedUntil ?? 0),
      held_until: OVERTAKING.includes(type) ? 0 : now + HELD_MS,
      give_up_at: now + GIVEN_UP_AFTER_MS,
      state: 'waiting' as const,
      tries: null,
      created_at: now,
    };
  });
  for (let from = 0; from < rows.length; from += BATCH_ROWS)
    await trx
      .insertInto('webhook_deliveries')
      .values(rows.slice(from, from + BATCH_ROWS))
      .execute();
  return rows;
}

/**
 * Tells a vendor that a user is deleted, in place of everything else that waits to be told of them, or was.
 * @param trx the transaction that deletes the user, who still is there
 */
export async function tellOfDeletion(
  trx: Kysely<Tables>,
  realm: Realm,
  user: { clientId: string; userId: string },
): Promise<void> {
  await trx.deleteFrom('webhook_deliveries').where('user_id', '=', user.userId).execute();
  await noteUserEvent(trx, realm, { type: 'user.deleted', ...user });
}
