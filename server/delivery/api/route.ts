import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Config } from '../../config.ts';
import type { DisclosureRecorder } from '../../domain/disclosures/disclosure-recorder.ts';
import type { Throttle } from '../../domain/throttle/throttle.ts';
import type { EventLog } from '../../events/event-log.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import type { AppUserRepository } from '../../storage/app-users.ts';
import type { Storage } from '../../storage/index.ts';
import type { UserCodeRepository } from '../../storage/user-codes.ts';
import type { Quota } from './quota.ts';
import type { JsonSchema } from './validation/json-schema.ts';
import type { Parameters, Values } from './validation/parameters.ts';
import type { AuthenticationContext, VendorAccess } from './vendor-access.ts';

/** What the handlers of the user API work with. */
export interface ApiContext extends AuthenticationContext {
  config: Config;
  storage: Storage;
  mailer: Outbox;
  throttle: Throttle;
  disclosures: DisclosureRecorder;
  events: EventLog;
  quota: Quota;
}

/** One request, after it has been authenticated, counted and checked. */
export interface ApiCall<Query = Record<string, unknown>> {
  context: ApiContext;
  access: VendorAccess;
  /** Of the calling environment, and no other. */
  users: AppUserRepository;
  codes: UserCodeRepository;
  params: Readonly<Record<string, string>>;
  query: Query;
  body: Values;
  request: FastifyRequest;
  reply: FastifyReply;
}

export interface ApiAnswer {
  /** Default 200. */
  status?: number;
  body: unknown;
  /** The body as JSON, when it has been written already. */
  text?: string;
  headers?: Record<string, string>;
}

/** One call of the user API: the one place from which it is routed, checked, documented and tested. */
export interface ApiRoute {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/1`, in Fastify's notation. */
  path: string;
  /** Stable; names the call in the documentation and in clients. */
  operation: string;
  summary: string;
  description?: string;
  /** `write` is refused to read-only keys. */
  rights: 'read' | 'write';
  parameters?: Parameters;
  query?: z.ZodObject;
  /** Answers a repeated request with the same Idempotency-Key as it answered the first. */
  idempotent?: boolean;
  answer: { description: string; schema: JsonSchema };
  /** Error codes besides those that every call may give, by status. */
  errors: Readonly<Partial<Record<number, readonly string[]>>>;
  handle(call: ApiCall): Promise<ApiAnswer>;
}
