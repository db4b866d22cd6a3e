import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EventLog } from '../../events/event-log.ts';
import type { VendorAccess } from './vendor-access.ts';

type Caller = Pick<VendorAccess, 'clientId' | 'keyPrefix'> & { keyEnded?: 'expired' | 'replaced' | undefined };

interface Note {
  caller?: Caller;
  /** Code of the error that is answered. */
  error?: string;
  userId?: string;
}

/** The form of the ids that we make: what a caller wrote in place of one is not for the log. */
const USER_ID = /^[\w-]{22}$/;

/**
 * What becomes of each call of a vendor's backend, for the event log of its app: gathered on the way, written once it is answered. Calls of
 * nobody known are written nowhere.
 */
export class CallNotes {
  readonly #events: EventLog;
  readonly #kind: 'api.called' | 'embed.called';
  readonly #notes = new WeakMap<FastifyRequest, Note>();

  constructor(events: EventLog, kind: 'api.called' | 'embed.called') {
    this.#events = events;
    this.#kind = kind;
  }

  /** Notes who calls, as soon as they have proven it. */
  caller(request: FastifyRequest, caller: Caller): void {
    this.#notes.set(request, { caller });
  }

  /** Notes the error that is answered. */
  refused(request: FastifyRequest, { code, access }: { code: string; access?: Caller | undefined }): void {
    const note = this.#notes.get(request);
    if (note) note.error = code;
    else if (access) this.#notes.set(request, { caller: access, error: code });
  }

  /** Notes whom a call was about, when its answer is a user. */
  answered(request: FastifyRequest, body: unknown): void {
    const note = this.#notes.get(request);
    const id = (body as { id?: unknown } | undefined)?.id;
    if (note && typeof id === 'string') note.userId = id;
  }

  /** For the `onResponse` hook of the API. */
  readonly write = (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const note = this.#notes.get(request);
    if (note?.caller) {
      const { caller, error } = note;
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
        },
      });
    }
    done();
  };
}
