import type { RequestOptions } from '../http/settings.ts';
import type { Transport } from '../http/transport.ts';
import { List, type Page } from './list.ts';
import { fields } from './path.ts';

/** What happened in the environment that the key belongs to. It has no email addresses or names. */
export interface AppEvent {
  id: string;
  /** E.g. `credential.issued`. There may be new ones at any time. */
  type: string;
  /** ISO 8601. */
  created_at: string;
  /** The same for all events of one person's attempt to sign up; null for calls of your backend. */
  attempt: string | null;
  /** Quote it to the platform's support. */
  request_id: string | null;
  /** As in the `sub` of the credential. */
  user_id: string | null;
  /** The HTTP status, of a call by your backend. */
  status: number | null;
  /** One line of English, for reading. */
  summary: string;
  /** What else is known. It differs by type. */
  detail: Record<string, unknown>;
}

export interface EventQuery {
  /** Only events of this attempt. */
  attempt?: string;
  /** Only events of this type. */
  type?: string;
  /** Only events about the user with this id. */
  user?: string;
  /** Only events from this time on, in ISO 8601 with a time zone, e.g. of `Date.prototype.toISOString()`. */
  since?: string;
  /** Only events before this time. */
  until?: string;
  /** Events in a page, from 1 to 100. Default 10. */
  limit?: number;
  /** The id of an event. The page begins after it, with older events. */
  starting_after?: string;
}

export type EventPage = Page<AppEvent>;

/** The event log. */
export class Events {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Newest first, of the last 30 days. Await it for one page, or iterate over it for all events. A page may be empty and yet have a next one.
   *
   * @example
   * ```ts
   * for await (const { created_at, summary } of platform.events.list({ attempt })) console.log(created_at, summary);
   * ```
   */
  list(query: EventQuery = {}, options: RequestOptions = {}): List<AppEvent, EventQuery> {
    const read = async (asked: EventQuery): Promise<EventPage> => {
      const request = { method: 'GET', path: '/1/events', query: { ...asked }, repeatable: true } as const;
      return (await this.#transport.send<EventPage>(request, options)).data;
    };
    return new List(read, fields('{ attempt, type, user, since, until, limit }', query));
  }
}
