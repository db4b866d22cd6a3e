import type { Environment } from '@signup-with-platform/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { EventLog } from '../../events/event-log.ts';
import type { VendorAccess } from './vendor-access.ts';

type Caller = Pick<VendorAccess, 'clientId' | 'keyPrefix'> & { keyEnded?: 'expired' | 'replaced' | undefined };

interface Note {
  caller?: Caller;
  /** Code of the error in the response. */
  error?: string;
  userId?: string;
  userEnvironment?: Environment | undefined;
  ignored?: readonly string[];
}

/** What the log says of an error. */
interface Refusal {
  code: string;
  access?: Caller | undefined;
  userEnvironment?: Environment | undefined;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** What is noted of a call of a vendor's backend. */
    callNote?: Note | undefined;
  }
}

/** The format of our ids. Anything else that a caller wrote in a path is not logged. */
const USER_ID = /^[\w-]{22}$/;

/**
 * Collects notes on each call of a vendor's backend, and writes them to the app's event log once the call is answered. Calls of unknown
 * callers are not written.
 */
export class CallNotes {
  readonly #events: EventLog;
  readonly #kind: 'api.called' | 'embed.called';

  constructor(events: EventLog, kind: 'api.called' | 'embed.called') {
    this.#events = events;
    this.#kind = kind;
  }

  /** Has each answered call of `api` written. */
  addTo(api: FastifyInstance): void {
    // On the request itself, because keeping requests in a WeakMap is most of the work of a garbage collection.
    api.decorateRequest('callNote', undefined);
    api.addHook('onResponse', (request, reply, done) => {
      this.#write(request, reply);
      done();
    });
  }

  /** Notes the caller, once it is authenticated. */
  caller(request: FastifyRequest, caller: Caller): void {
    request.callNote = { caller };
  }

  /** Notes the error of the response. */
  refused(request: FastifyRequest, { code, access, userEnvironment }: Refusal): void {
    const note = request.callNote;
    if (note) Object.assign(note, { error: code, userEnvironment });
    else if (access) request.callNote = { caller: access, error: code };
  }

  /** Notes the names in the request that the call does not know. */
  ignored(request: FastifyRequest, names: readonly string[]): void {
    if (request.callNote) request.callNote.ignored = names;
  }

  /** Notes the user of the response, if it is one. */
  answered(request: FastifyRequest, body: unknown): void {
    const note = request.callNote;
    const id = (body as { id?: unknown } | undefined)?.id;
    if (note && typeof id === 'string') note.userId = id;
  }

  #write(request: FastifyRequest, reply: FastifyReply): void {
    const { callNote: note } = request;
    if (!note?.caller) return;
    const { caller, error, userEnvironment, ignored = [] } = note;
    const { id } = request.params as { id?: string };
    this.#events.record(caller.clientId, {
      kind: this.#kind,
      requestId: request.id,
      userId: note.userId ?? (id !== undefined && USER_ID.test(id) ? id : undefined),
      status: reply.statusCode,
      detail: {
        method: request.method,
        route: request.routeOptions.url ?? '/',
        ...(error !== undefined && { error }),
        ...(caller.keyPrefix !== undefined && { key: caller.keyPrefix }),
        ...(caller.keyEnded && { key_ended: caller.keyEnded }),
        ...(userEnvironment && { user_environment: userEnvironment }),
        ...(ignored.length > 0 && { ignored }),
      },
    });
  }
}
