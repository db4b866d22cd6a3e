import type { FastifyReply } from 'fastify';
import { timeOfEventId } from '#events/event-id.ts';
import { type EnvironmentCall, forEnvironment } from '#portal/route.ts';
import { sendAppPage } from '../app-layout.ts';
import { filterOf, parseEventQuery } from './event-query.ts';
import { eventsPage } from './events-page.ts';
import { getEventStream } from './stream.ts';

const PATH = '/apps/:appId/:environment/events';
const PAGE_SIZE = 50;

export const eventRoutes = [
  forEnvironment('GET', PATH, 'read-only', getEvents),
  forEnvironment('GET', `${PATH}/stream`, 'read-only', getEventStream),
];

/** What happened, newest first. */
async function getEvents(call: EnvironmentCall): Promise<FastifyReply> {
  const { storage, events } = call.context;
  const query = parseEventQuery(call.query);
  // Writes the events that this process still holds, because they have happened already.
  await events.flush();
  const { before } = query;
  const page = await storage.appEvents.list(call.environment.clientId, {
    limit: PAGE_SIZE,
    before: before === undefined ? undefined : { id: before, at: timeOfEventId(before) },
    filter: filterOf(query),
  });
  return sendAppPage(call, 200, 'events', eventsPage(call, query, page));
}
