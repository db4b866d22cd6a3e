import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import { sql } from 'kysely';
import { fromJson } from './columns.ts';
import { Repository } from './repository.ts';
import type { AppEventRow } from './tables.ts';

/** What happened around one environment of an app. */
export interface RecordedEvent {
  /** Sorts by time; what stands beside it may have been written by another process. */
  id: string;
  clientId: string;
  kind: string;
  requestId: string | undefined;
  /** The attempt to sign up that it belongs to. */
  attempt: string | undefined;
  userId: string | undefined;
  status: number | undefined;
  summary: string;
  detail: Record<string, unknown>;
  at: Date;
}

export interface EventFilter {
  /** Only these kinds. */
  kinds?: readonly string[] | undefined;
  /** Only these kinds, and whatever was answered with an error. */
  problems?: readonly string[] | undefined;
  /** Only what contains this text, in any case of ASCII letters. */
  search?: string | undefined;
  /** Only those of this attempt. */
  attempt?: string | undefined;
  /** Only those about this user. */
  userId?: string | undefined;
}

export interface EventPage {
  events: RecordedEvent[];
  /** Where older events go on; undefined when there are none. */
  next: string | undefined;
}

/** 30 days. Older events are not found, and are swept. */
export const APP_EVENT_LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;
/** How many rows are searched at most for one page, however rare the text. */
const MAX_SCANNED = 20_000;
/** HTTP statuses from here on are errors. */
const FIRST_ERROR_STATUS = 400;

/** The log of events of each environment. Rows are inserted in bulk, read by the app's developers, and swept after 30 days. */
export class AppEventRepository extends Repository {
  /** Leaves out events that are there already, because a writer that lost its connection cannot know and writes them again. */
  async addAll(events: readonly RecordedEvent[]): Promise<void> {
    if (events.length === 0) return;
    await this.db
      .insertInto('app_events')
      .values(
        events.map((event) => ({
          id: event.id,
          client_id: event.clientId,
          kind: event.kind,
          request_id: event.requestId ?? null,
          attempt: event.attempt ?? null,
          user_id: event.userId ?? null,
          status: event.status ?? null,
          summary: event.summary,
          detail: JSON.stringify(event.detail),
          created_at: event.at.getTime(),
        })),
      )
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }

  /**
   * Newest first. Searches a bounded number of rows, so a page may have fewer than `limit` events and still have a next page.
   * @param before an event; only older ones are listed
   */
  async list(
    clientId: string,
    { limit, before, since, until, filter = {}, maxScanned = MAX_SCANNED }: EventQuery,
  ): Promise<EventPage> {
    const oldest = Math.max(Date.now() - APP_EVENT_LIFETIME_MS, since?.getTime() ?? 0);
    const { attempt, userId } = filter;
    const scanned = () =>
      this.db
        .selectFrom('app_events')
        .where('client_id', '=', clientId)
        .where('created_at', '>=', oldest)
        .$if(until !== undefined, (query) => query.where('created_at', '<', until?.getTime() ?? 0))
        // Attempts and users have indexes of their own, so they are found however old they are.
        .$if(attempt !== undefined, (query) => query.where('attempt', '=', attempt ?? ''))
        .$if(userId !== undefined, (query) => query.where('user_id', '=', userId ?? ''))
        .$if(before !== undefined, (query) =>
          query.where(({ eb, refTuple, tuple }) =>
            eb(refTuple('created_at', 'id'), '<', tuple(before?.at ?? 0, before?.id ?? '')),
          ),
        )
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc');
    const rows = await this.db
      .selectFrom(scanned().selectAll().limit(maxScanned).as('scanned'))
      .selectAll()
      .where((where) => where.and(conditions(where, filter)))
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute();
    const events = rows.slice(0, limit).map(toEvent);
    if (rows.length > limit) return { events, next: events.at(-1)?.id };
    const last = await scanned()
      .select('id')
      .offset(maxScanned - 1)
      .limit(1)
      .executeTakeFirst();
    return { events, next: last?.id };
  }

  /** All events of some attempts, oldest first; the newest `limit` of them. */
  async listAttempts(clientId: string, attempts: readonly string[], limit: number): Promise<RecordedEvent[]> {
    if (attempts.length === 0) return [];
    const rows = await this.db
      .selectFrom('app_events')
      .selectAll()
      .where('client_id', '=', clientId)
      .where('attempt', 'in', [...attempts])
      .where('created_at', '>=', Date.now() - APP_EVENT_LIFETIME_MS)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return rows.map(toEvent).reverse();
  }

  /** The newest `limit` events since a moment, oldest first. */
  async listSince(clientId: string, since: Date, limit: number): Promise<RecordedEvent[]> {
    const rows = await this.db
      .selectFrom('app_events')
      .selectAll()
      .where('client_id', '=', clientId)
      .where('created_at', '>=', since.getTime())
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return rows.map(toEvent).reverse();
  }
}

export interface EventQuery {
  limit: number;
  before?: { id: string; at: number } | undefined;
  /** Only what happened then or later. */
  since?: Date | undefined;
  /** Only what happened before. */
  until?: Date | undefined;
  filter?: EventFilter;
  /** Default 20 000. */
  maxScanned?: number;
}

function conditions(
  where: ExpressionBuilder<{ scanned: AppEventRow }, 'scanned'>,
  { kinds, problems, search }: EventFilter,
): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = [];
  if (kinds) all.push(where('kind', 'in', [...kinds]));
  if (problems) all.push(where.or([where('kind', 'in', [...problems]), where('status', '>=', FIRST_ERROR_STATUS)]));
  if (search) {
    // Wildcards of LIKE are escaped, so that they are text. `matches` below has to find the same events.
    const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
    const contains = (column: Expression<unknown>) => sql<SqlBool>`lower(${column}) like lower(${pattern}) escape '\\'`;
    all.push(
      where.or([
        ...(['kind', 'request_id', 'attempt', 'user_id', 'summary', 'detail'] as const).map((column) =>
          contains(where.ref(column)),
        ),
        contains(where.cast('status', 'text')),
      ]),
    );
  }
  return all;
}

/** Whether {@link AppEventRepository.list} would find an event; for events that are not stored yet. */
export function matches(event: RecordedEvent, filter: EventFilter): boolean {
  const { kinds, problems, search } = filter;
  if (filter.attempt !== undefined && filter.attempt !== event.attempt) return false;
  if (filter.userId !== undefined && filter.userId !== event.userId) return false;
  if (kinds && !kinds.includes(event.kind)) return false;
  if (problems && !problems.includes(event.kind) && (event.status ?? 0) < FIRST_ERROR_STATUS) return false;
  if (!search) return true;
  const wanted = search.toLowerCase();
  const { kind, requestId = '', attempt = '', userId = '', status = '', summary, detail } = event;
  return [kind, requestId, attempt, userId, String(status), summary, JSON.stringify(detail)].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}

function toEvent(row: AppEventRow): RecordedEvent {
  return {
    id: row.id,
    clientId: row.client_id,
    kind: row.kind,
    requestId: row.request_id ?? undefined,
    attempt: row.attempt ?? undefined,
    userId: row.user_id ?? undefined,
    status: row.status ?? undefined,
    summary: row.summary,
    detail: fromJson(row.detail) ?? {},
    at: new Date(row.created_at),
  };
}
