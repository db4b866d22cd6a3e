import type { JsonSchema } from '../validation/json-schema.ts';

/** A parameter in the headers, the path or the query. */
export interface OperationParameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description: string;
  schema: JsonSchema;
}

/** The schema of a body, with examples. */
export interface Media {
  schema: JsonSchema;
  /** Examples by name. The server really accepts or sends each of them. */
  examples: Readonly<Record<string, unknown>>;
}

export interface OperationBody extends Media {
  contentTypes: readonly string[];
}

export interface OperationAnswer {
  status: number;
  description: string;
  /** Names of response headers, besides X-Request-Id. */
  headers: readonly string[];
  /** The body by content type. Absent when there is no body. */
  content?: Readonly<Record<string, Media>>;
  /** Codes that an error of this status may have. */
  codes?: readonly string[];
}

/** How a call is authenticated: in any of the three ways, only by `X-Api-Key`, or by values in its body. */
export type Security = 'any' | 'api-key' | 'none';

/** One call of any contract, from which the OpenAPI document and the documentation page are made. */
export interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The path from the platform's origin, with parameters in braces, such as `/1/users/{id}`. */
  path: string;
  /** A stable id, which is also the anchor on the page. */
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
