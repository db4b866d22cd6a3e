import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { timeOfEventId } from '#events/event-id.ts';
import type { EnvironmentCall } from '#portal/route.ts';
import type { AppEventRepository, EventFilter } from '#storage/app-events.ts';
import { filterOf, parseEventQuery } from './event-query.ts';
import { CONTENT_TYPES, EXPORT_FORMATS, type ExportFormat, exportLine, HEADERS } from './export-file.ts';

/** A spreadsheet opens so many at once; whoever wants more asks the API. */
export const MAX_EXPORTED = 10_000;
const PAGE_SIZE = 500;
/** A search that finds little reads on and on; it ends here. */
const MAX_PAGES = 30;

const formSchema = z.object({ format: z.enum(EXPORT_FORMATS).catch('csv') });

/**
 * The events that the filter matches, as a file, newest first. It is a form, because a download is written into the audit log, and reading a
 * page leaves nothing behind.
 */
export async function postExport(call: EnvironmentCall): Promise<FastifyReply> {
  const { app, context, environment, reply } = call;
  const { format } = formSchema.parse(call.body ?? {});
  const query = parseEventQuery(call.body);
  await context.events.flush();
  await call.audit('environment.events_exported', `environment:${environment.clientId}`, { app: app.id, format });
  const name = `events-${environment.environment.replace(':', '-')}-${new Date().toISOString().slice(0, 10)}.${format}`;
  const pages = fileOf(context.storage.appEvents, environment.clientId, format, filterOf(query));
  const [first, second] = [await pages.next(), await pages.next()];
  // A small file is sent whole, so that its length is known, and it is answered once as every form is.
  const file = second.done
    ? (first.value ?? '')
    : Readable.from(continued([first.value ?? '', second.value], pages), { objectMode: false });
  return reply
    .headers({ 'cache-control': 'no-store', 'content-disposition': `attachment; filename="${name}"` })
    .type(CONTENT_TYPES[format])
    .send(file);
}

async function* continued(known: readonly string[], rest: AsyncGenerator<string, void>): AsyncGenerator<string, void> {
  yield* known;
  yield* rest;
}

/** Page by page, so that the server never holds the whole file. Whoever stops reading stops the search, too. */
async function* fileOf(
  appEvents: Pick<AppEventRepository, 'list'>,
  clientId: string,
  format: ExportFormat,
  filter: EventFilter,
): AsyncGenerator<string, void> {
  let head = HEADERS[format];
  let left = MAX_EXPORTED;
  let pages = 0;
  let before: { id: string; at: number } | undefined;
  do {
    const { events, next } = await appEvents.list(clientId, { limit: Math.min(PAGE_SIZE, left), before, filter });
    yield head + events.map((event) => exportLine(format, event)).join('');
    head = '';
    left -= events.length;
    pages += 1;
    before = next === undefined ? undefined : { id: next, at: timeOfEventId(next) };
  } while (before && left > 0 && pages < MAX_PAGES);
}
