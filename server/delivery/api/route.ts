import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { FieldCatalogue } from '#domain/claims/catalogue.ts';
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

/** The dependencies of the user API's handlers. */
export interface ApiContext extends AuthenticationContext {
  config: Config;
  fields: FieldCatalogue;
  storage: Storage;
  mailer: Outbox;
  throttle: Throttle;
  disclosures: DisclosureRecorder;
  events: EventLog;
  quota: Quota;
}

/** One request, after it has been authenticated, counted and validated. */
export interface ApiCall<Query = Record<string, unknown>> {
  context: ApiContext;
  access: VendorAccess;
  /** Users of the calling environment only. */
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
  /** The body as JSON text, if it has been serialized already. */
  text?: string;
  headers?: Record<string, string>;
}

/** The definition of one call of the user API, from which it is routed, validated, documented and tested. */
export interface ApiRoute {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The path below `/1`, in Fastify's notation. */
  path: string;
  /** A stable name for the call, in the documentation and in clients. */
  operation: string;
  summary: string;
  description?: string;
  /** Read-only keys may not make calls that need `write`. */
  rights: 'read' | 'write';
  parameters?: Parameters;
  /** Parameters that belong to another call, with a sentence that says which. They are refused, because they would change rights. */
  elsewhere?: Readonly<Record<string, string>>;
  query?: z.ZodObject;
  /** Whether the call supports Idempotency-Key. */
  idempotent?: boolean;
  answer: { description: string; schema: JsonSchema };
  /** Error codes by status, besides those that every call may return. */
  errors: Readonly<Partial<Record<number, readonly string[]>>>;
  handle(call: ApiCall): Promise<ApiAnswer>;
}
