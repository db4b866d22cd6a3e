import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { OVERLAP_MS } from '#events/event-feed.ts';
import { isEventId, timeOfEventId } from '#events/event-id.ts';
import { EVENT_STREAM_HEADERS } from '#http/event-stream-headers.ts';
import { takeOver } from '#http/take-over.ts';
import type { Bound } from '#load/bound.ts';
import { leavePlace } from '#load/place.ts';
import type { EnvironmentCall } from '#portal/route.ts';
import { type EventFilter, matches, type RecordedEvent } from '#storage/app-events.ts';
import { filterOf, parseEventQuery } from './event-query.ts';
import { type EventView, eventViewer } from './event-view.ts';

const SECOND_MS = 1_000;
/** Proxies close a connection on which nothing is sent for long. */
const HEARTBEAT_MS = 15 * SECOND_MS;
/** How often it is checked whether the reader may still read while nothing happens. Before anything is sent, it is always checked. */
const RECHECK_MS = 2 * SECOND_MS;
/** When the connection is lost, the browser connects again after this. */
const RETRY_MS = 2 * SECOND_MS;
/** Of one account in this process. A browser has six connections to a server in all, unless it speaks HTTP/2. */
const MAX_STREAMS_PER_ACCOUNT = 4;
const MAX_STREAMS = 500;
/** How many events that happened while the connection was lost are sent. */
const MAX_MISSED = 200;
/** A reader for whom more than this waits is too slow: the connection ends, and the browser connects again. */
const MAX_WAITING_BYTES = 1024 * 1024;

const streams = new Map<string, number>();
let open = 0;
let lost = 0;

/** The open streams. Further readers are told to come back. */
export const eventStreams: Bound = {
  get size() {
    return open;
  },
  max: MAX_STREAMS,
  get lost() {
    return lost;
  },
};

/** The log as it happens: server-sent events (HTML section 9.2), each an {@link EventView} as JSON. */
export async function getEventStream(call: EnvironmentCall): Promise<FastifyReply> {
  const { account, context, environment, reply, request } = call;
  // A stream without events would only take another reader's place.
  if (request.method === 'HEAD') return reply.headers(EVENT_STREAM_HEADERS).send();
  const own = streams.get(account.id) ?? 0;
  if (own >= MAX_STREAMS_PER_ACCOUNT || open >= MAX_STREAMS) {
    if (open >= MAX_STREAMS) lost += 1;
    return reply.code(429).header('cache-control', 'no-store').header('retry-after', '60').send();
  }
  streams.set(account.id, own + 1);
  open += 1;
  const stream = new EventStream(call);
  try {
    const stop = await context.events.feed.listen(environment.clientId, stream);
    takeOver(reply);
    leavePlace();
    stream.begin(() => {
      stop();
      release(account.id);
    });
    await stream.catchUp(lastEventIdOf(request.headers['last-event-id']));
  } catch (error) {
    if (!reply.sent) {
      release(account.id);
      throw error;
    }
    request.log.warn({ err: error }, 'the event stream has ended');
    stream.end();
  }
  return reply;
}

function release(accountId: string): void {
  open -= 1;
  const own = (streams.get(accountId) ?? 0) - 1;
  if (own > 0) streams.set(accountId, own);
  else streams.delete(accountId);
}

function lastEventIdOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && isEventId(header) ? header : undefined;
}

/** One reader of the log. */
class EventStream {
  readonly #call: EnvironmentCall;
  readonly #raw: ServerResponse;
  readonly #filter: EventFilter;
  readonly #view: (event: RecordedEvent) => EventView;
  readonly #after: string | undefined;
  #onEnd = () => {};
  /** Checks follow each other, so that events stay in order. */
  #checked = Promise.resolve();
  #writtenAtMs = Date.now();
  #checkedAtMs = Date.now();

  constructor(call: EnvironmentCall) {
    const query = parseEventQuery(call.query);
    this.#call = call;
    this.#raw = call.reply.raw;
    this.#filter = filterOf(query);
    this.#after = query.after;
    this.#view = eventViewer(call.language);
  }

  /** @param onEnd called once, however it ends */
  begin(onEnd: () => void): void {
    this.#onEnd = () => {
      this.#onEnd = () => {};
      onEnd();
    };
    this.#raw.once('close', () => this.#onEnd());
    this.#raw.writeHead(200, EVENT_STREAM_HEADERS);
    this.#write(`retry: ${RETRY_MS}\n\n`);
  }

  /** Sends what has happened since the reader's last event. The page leaves out events that it has already. */
  async catchUp(lastEventId: string | undefined): Promise<void> {
    const { context, environment } = this.#call;
    const after = lastEventId ?? this.#after;
    const since = (after === undefined ? Date.now() : timeOfEventId(after)) - OVERLAP_MS;
    this.#send(await context.storage.appEvents.listSince(environment.clientId, new Date(since), MAX_MISSED));
  }

  tick(events: readonly RecordedEvent[]): void {
    // Nothing tells of a reader who left before the stream began.
    if (this.#raw.destroyed) {
      this.#onEnd();
      return;
    }
    // A server that takes no new connections is about to stop, and waits for its open ones to end.
    if (!this.#call.request.server.server.listening || this.#raw.writableLength > MAX_WAITING_BYTES) {
      this.end();
      return;
    }
    const found = events.filter((event) => matches(event, this.#filter));
    const now = Date.now();
    if (now - this.#writtenAtMs >= HEARTBEAT_MS) this.#write(':\n\n');
    if (found.length === 0 && now - this.#checkedAtMs < RECHECK_MS) return;
    this.#checkedAtMs = now;
    this.#checked = this.#checked.then(() => this.#sendIfAllowed(found));
  }

  /** People who have signed out, or are no longer members, receive nothing more. */
  async #sendIfAllowed(events: readonly RecordedEvent[]): Promise<void> {
    const may = await mayStillRead(this.#call).catch(() => false);
    if (may) this.#send(events);
    else this.end();
  }

  end(): void {
    this.#raw.end();
  }

  #send(events: readonly RecordedEvent[]): void {
    for (const event of events) {
      if (matches(event, this.#filter)) this.#write(`id: ${event.id}\ndata: ${JSON.stringify(this.#view(event))}\n\n`);
    }
  }

  #write(text: string): void {
    if (this.#raw.writableEnded || this.#raw.destroyed) return;
    this.#raw.write(text);
    this.#writtenAtMs = Date.now();
  }
}

/** Checks again what guard.ts checked when the stream began. */
async function mayStillRead({ account, app, context, environment, session }: EnvironmentCall): Promise<boolean> {
  const { rows, storage } = context;
  const record = await rows.oidcRecords.findByUid('Session', session.uid);
  if (record?.payload['accountId'] !== account.id) return false;
  const found = await rows.accounts.find(account.id);
  if (!found || found.blocked || found.deletionDueAt) return false;
  if ((await storage.appMembers.findRole(app.id, account.id)) === undefined) return false;
  // The operator has suspended the app since.
  return (await storage.appEnvironments.findByClientId(environment.clientId))?.standing !== 'suspended';
}
