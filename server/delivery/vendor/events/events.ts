import type { FastifyReply } from 'fastify';
import { timeOfEventId } from '#events/event-id.ts';
import { type EnvironmentCall, forEnvironment } from '#portal/route.ts';
import { sendAppPage } from '../app-layout.ts';
import { attemptsIn, entriesOf } from './entries.ts';
import { filterOf, parseEventQuery } from './event-query.ts';
import { eventsPage } from './events-page.ts';
import { postExport } from './export.ts';
import { getEventStream } from './stream.ts';

const PATH = '/apps/:appId/:environment/events';
const PAGE_SIZE = 50;
/** Of all attempts of a page: most have six. */
const MAX_STEPS = 1_000;

export const eventRoutes = [
  forEnvironment('GET', PATH, 'read-only', getEvents),
  forEnvironment('POST', `${PATH}/export`, 'read-only', postExport),
  forEnvironment('GET', `${PATH}/stream`, 'read-only', getEventStream),
];

/** What happened, newest first. */
async function getEvents(call: EnvironmentCall): Promise<FastifyReply> {
  const { storage, events } = call.context;
  const { clientId } = call.environment;
  const query = parseEventQuery(call.query);
  // Writes the events that this process still holds, because they have happened already.
  await events.flush();
  const { before } = query;
  const filter = filterOf(query);
  const page = await storage.appEvents.list(clientId, {
    limit: PAGE_SIZE,
    before: before === undefined ? undefined : { id: before, at: timeOfEventId(before) },
    filter,
  });
  const steps = await storage.appEvents.listAttempts(clientId, attemptsIn(page.events), MAX_STEPS);
  const entries = entriesOf(page.events, steps, { before, filter });
  return sendAppPage(call, 200, 'events', eventsPage(call, query, { ...page, entries }));
}
