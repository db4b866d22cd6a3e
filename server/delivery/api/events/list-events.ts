import { z } from 'zod';
import { EVENT_KINDS } from '#events/app-event.ts';
import { isEventId, timeOfEventId } from '#events/event-id.ts';
import { eventJson } from '#events/event-json.ts';
import { ApiError } from '../api-error.ts';
import { pageLimit } from '../list-query.ts';
import type { ApiAnswer, ApiCall, ApiRoute } from '../route.ts';
import { EVENT_SCHEMA } from './event-body.ts';

const DEFAULT_LIMIT = 10;

const time = z.iso.datetime({ offset: true, error: 'is a time such as 2026-11-21T09:30:00Z' }).optional();
const id = (what: string) =>
  z
    .string('is given once')
    .regex(/^[\w-]{22}$/, `is ${what}`)
    .optional();

const query = z.object({
  attempt: id('the attempt of an event').describe('Returns only events of this attempt.'),
  type: z.enum(EVENT_KINDS, 'is none of the types of events').optional().describe('Returns only events of this type.'),
  user: id('the id of a user').describe('Returns only events about the user with this id.'),
  since: time.describe('Returns only events from this time on.'),
  until: time.describe('Returns only events before this time.'),
  limit: pageLimit('events', DEFAULT_LIMIT),
  starting_after: z
    .string('is given once')
    .refine(isEventId, 'is the id of an event')
    .optional()
    .describe('Returns older events than this one. Take it from `next`.'),
});
type Query = z.infer<typeof query>;

export const listEvents: ApiRoute = {
  method: 'GET',
  path: '/events',
  operation: 'listEvents',
  summary: 'List events, newest first',
  description:
    'What happened in this environment in the last 30 days, as the event log of your app shows it: popups, credentials, tokens, and calls ' +
    'of your backend. Events have no email addresses or names. To page, follow `next`, which is in the Link header, too (RFC 8288). A page ' +
    'may have fewer events than `limit`, or none, and yet a next page, because each looks through a limited part of the log.',
  rights: 'read',
  query,
  answer: {
    description: 'The events.',
    schema: {
      type: 'object',
      required: ['data', 'has_more', 'next'],
      properties: {
        data: { type: 'array', items: EVENT_SCHEMA },
        has_more: { type: 'boolean', description: 'Whether there is more of the log to look through.' },
        next: { type: ['string', 'null'], format: 'uri', description: 'The page of older events.' },
      },
    },
  },
  errors: {},
  handle,
};

async function handle(call: ApiCall): Promise<ApiAnswer> {
  const { access, context } = call;
  const { attempt, type, user, since, until, limit = DEFAULT_LIMIT, starting_after: after } = call.query as Query;
  if (since !== undefined && until !== undefined && Date.parse(since) >= Date.parse(until))
    throw new ApiError(400, 'invalid_request', 'In the query, until is not later than since.');
  // Writes the events that this process still holds, because they have happened already.
  await context.events.flush();
  const { events, next: cursor } = await context.storage.appEvents.list(access.clientId, {
    limit,
    before: after === undefined ? undefined : { id: after, at: timeOfEventId(after) },
    since: since === undefined ? undefined : new Date(since),
    until: until === undefined ? undefined : new Date(until),
    filter: { attempt, userId: user, kinds: type && [type] },
  });
  const next = cursor === undefined ? null : pageAfter(call, { ...(call.query as Query), limit }, cursor);
  return {
    body: { data: events.map(eventJson), has_more: next !== null, next },
    headers: { 'cache-control': 'no-store', ...(next && { link: `<${next}>; rel="next"` }) },
  };
}

function pageAfter({ context }: ApiCall, asked: Query, cursor: string): string {
  const given = Object.entries({ ...asked, starting_after: cursor }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return `${context.config.publicUrl}/1/events?${new URLSearchParams(given)}`;
}
