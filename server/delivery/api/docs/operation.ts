import type { JsonSchema } from '../validation/json-schema.ts';

/** A header, a part of the path, or a member of the query. */
export interface OperationParameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description: string;
  schema: JsonSchema;
}

/** Media types of a body that is written in one way. */
export interface Media {
  schema: JsonSchema;
  /** By name. Each is what the server really takes or sends. */
  examples: Readonly<Record<string, unknown>>;
}

export interface OperationBody extends Media {
  contentTypes: readonly string[];
}

export interface OperationAnswer {
  status: number;
  description: string;
  /** Names of {@link HEADERS} besides X-Request-Id. */
  headers: readonly string[];
  /** By content type; absent when there is no body. */
  content?: Readonly<Record<string, Media>>;
  /** Codes that an error of this status may have. */
  codes?: readonly string[];
}

/** How a call is authenticated: each of the three ways, only `X-Api-Key`, or by what is in its body. */
export type Security = 'any' | 'api-key' | 'none';

/** One call, whatever contract it follows: what the OpenAPI document and the page for people are made of. */
export interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** From the platform's origin, with parts in braces, e.g. `/1/users/{id}`. */
  path: string;
  /** Stable; also the anchor on the page. */
  operation: string;
  group: string;
  summary: string;
  description?: string;
  security: Security;
  parameters: readonly OperationParameter[];
  body?: OperationBody;
  /** Successes first. */
  answers: readonly OperationAnswer[];
}

export const JSON_TYPE = 'application/json';
export const FORM_TYPE = 'application/x-www-form-urlencoded';
export const PROBLEM_TYPE = 'application/problem+json';

export function isSuccess({ status }: Pick<OperationAnswer, 'status'>): boolean {
  return status < 400;
}
