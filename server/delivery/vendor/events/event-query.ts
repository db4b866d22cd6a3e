import { z } from 'zod';
import { EVENT_GROUP_NAMES, EVENT_GROUPS, type EventGroup, PROBLEM_KINDS } from '#events/app-event.ts';
import { isEventId } from '#events/event-id.ts';
import type { EventFilter } from '#storage/app-events.ts';

export const MAX_SEARCH_LENGTH = 100;

const eventId = z.string().refine(isEventId).optional().catch(undefined);
const querySchema = z.object({
  group: z.enum(EVENT_GROUP_NAMES).optional().catch(undefined),
  q: z
    .string()
    .transform((text) =>
      text
        .replaceAll(/\p{Cc}/gu, '')
        .trim()
        .slice(0, MAX_SEARCH_LENGTH),
    )
    .catch(''),
  before: eventId,
  after: eventId,
});

export interface EventQuery {
  group: EventGroup | undefined;
  /** Empty: everything. */
  search: string;
  /** Only what is older than this event. */
  before: string | undefined;
  /** The newest event that is known already. */
  after: string | undefined;
}

/** Reads which events are asked for. A parameter that makes no sense is ignored, so that the page shows more instead of nothing. */
export function parseEventQuery(query: unknown): EventQuery {
  const { group, q, before, after } = querySchema.parse(query ?? {});
  return { group, search: q, before, after };
}

export function filterOf({ group, search }: Pick<EventQuery, 'group' | 'search'>): EventFilter {
  return {
    ...(group === 'problems' ? { problems: PROBLEM_KINDS } : group && { kinds: EVENT_GROUPS[group] }),
    ...(search && { search }),
  };
}

/** The query string of a filter; empty for everything. @param more parameters besides */
export function queryOf(
  { group, search }: Pick<EventQuery, 'group' | 'search'>,
  more: Record<string, string | undefined> = {},
): string {
  const parameters = { group, q: search || undefined, ...more };
  const given = Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return given.length > 0 ? `?${new URLSearchParams(given)}` : '';
}
