import type { Environment } from '@signup-with-platform/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
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

/** The format of our ids. Anything else that a caller wrote in a path is not logged. */
const USER_ID = /^[\w-]{22}$/;

/**
 * Collects notes on each call of a vendor's backend, and writes them to the app's event log once the call is answered. Calls of unknown
 * callers are not written.
 */
export class CallNotes {
  readonly #events: EventLog;
  readonly #kind: 'api.called' | 'embed.called';
  readonly #notes = new WeakMap<FastifyRequest, Note>();

  constructor(events: EventLog, kind: 'api.called' | 'embed.called') {
    this.#events = events;
    this.#kind = kind;
  }

  /** Notes the caller, once it is authenticated. */
  caller(request: FastifyRequest, caller: Caller): void {
    this.#notes.set(request, { caller });
  }

  /** Notes the error of the response. */
  refused(request: FastifyRequest, { code, access, userEnvironment }: Refusal): void {
    const note = this.#notes.get(request);
    if (note) Object.assign(note, { error: code, userEnvironment });
    else if (access) this.#notes.set(request, { caller: access, error: code });
  }

  /** Notes the names in the request that the call does not know. */
  ignored(request: FastifyRequest, names: readonly string[]): void {
    const note = this.#notes.get(request);
    if (note) note.ignored = names;
  }

  /** Notes the user of the response, if it is one. */
  answered(request: FastifyRequest, body: unknown): void {
    const note = this.#notes.get(request);
    const id = (body as { id?: unknown } | undefined)?.id;
    if (note && typeof id === 'string') note.userId = id;
  }

  /** The API's `onResponse` hook. */
  readonly write = (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const note = this.#notes.get(request);
    if (note?.caller) {
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
    done();
  };
}
