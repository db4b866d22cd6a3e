import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { DomainContext } from '#domain/context.ts';
import type { BodyContract, ParsedBody } from '#http/body/body-contract.ts';
import type { ManagementKey, ManagementScope } from '#storage/management-keys.ts';
import type { Quota } from '../quota.ts';
import type { ApiAnswer } from '../route.ts';
import type { JsonSchema } from '../validation/json-schema.ts';

/** The dependencies of the management API; each call adds those of its key's realm. */
export type ManagementContext = Omit<DomainContext, 'realm' | 'issuer' | 'rows'> & { readonly quota: Quota };

/** One request, after it has been authenticated, counted and admitted by a scope. */
export interface ManagementCall {
  /** Of the key's realm. No call reaches the other one. */
  readonly context: DomainContext;
  readonly key: ManagementKey;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: ParsedBody;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The definition of one call, from which it is routed, documented and tested. */
export interface ManagementRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below {@link MANAGEMENT_BASE}, in Fastify's notation. */
  readonly path: string;
  readonly operation: string;
  readonly group: 'Accounts' | 'Imports' | 'Sandbox apps';
  readonly summary: string;
  readonly description?: string;
  /** A key without it gets 403. */
  readonly scope: ManagementScope;
  readonly query?: z.ZodObject;
  readonly body?: {
    /** Default: JSON of at most 64 KB. */
    readonly contract?: BodyContract;
    readonly schema: JsonSchema;
    readonly example: unknown;
  };
  /** Whether the call supports Idempotency-Key. */
  readonly idempotent?: boolean;
  readonly answer: {
    /** Default 200. */
    readonly status?: number;
    readonly description: string;
    /** Absent when there is no body. */
    readonly schema?: JsonSchema;
    readonly hasETag?: true;
  };
  /** Error codes by status, besides those that every call may return. */
  readonly errors: Readonly<Partial<Record<number, readonly string[]>>>;
  handle(call: ManagementCall): Promise<ApiAnswer>;
}

export const MANAGEMENT_BASE = '/management/1';
