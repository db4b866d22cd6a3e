import type { BodyContract, ParsedBody } from '#http/body/body-contract.ts';
import type { BodyError } from '#http/body/body-error.ts';
import { recordOf } from '#http/body/form-record.ts';
import { ApiError } from './api-error.ts';
import type { ApiRoute } from './route.ts';
import { assertKnownNames, withLists } from './validation/names.ts';
import type { Values } from './validation/parameters.ts';
import { validate } from './validation/validate.ts';

/** Far more than any request of the vendors' contracts needs. */
export const MAX_BODY_BYTES = 16 * 1024;

export const API_BODY: BodyContract = { types: ['json', 'form'], maxBytes: MAX_BODY_BYTES, mayBeEmpty: true };

/** Member names that could change an object's prototype. They are dropped. */
const PROTOTYPE_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** The members of a JSON object, or the fields of a form, without prototype; other JSON as it is. */
export function membersOf(body: ParsedBody): unknown {
  if (body.type === 'none') return {};
  if (body.type === 'form') return withoutPrototypeKeys(recordOf(body.entries));
  const { value } = body;
  return isMembers(value) ? withoutPrototypeKeys(value) : value;
}

function isMembers(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutPrototypeKeys(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.assign(
    Object.create(null) as Record<string, unknown>,
    Object.fromEntries(Object.entries(members).filter(([name]) => !PROTOTYPE_KEYS.has(name))),
  );
}

/**
 * The values of a call's parameters.
 * @throws ApiError 400 that names each parameter which is wrong, misspelt, or belongs into the query or to another call
 */
export function valuesOf(route: ApiRoute, body: ParsedBody): Values {
  const { parameters } = route;
  const sent = membersOf(body);
  if (!isMembers(sent)) return parameters ? validate(parameters, sent ?? {}) : {};
  const members = body.type === 'form' && parameters ? withLists(parameters, sent) : sent;
  assertKnownNames(route, members);
  return parameters ? validate(parameters, members) : {};
}

/** A body's error as one of the user API. */
export function bodyErrorOf({ problem, message, headers }: BodyError): ApiError {
  switch (problem) {
    case 'too_large':
      return new ApiError(413, 'body_too_large', message);
    case 'unsupported_coding':
    case 'unsupported_charset':
    case 'unsupported_type':
      return new ApiError(415, 'unsupported_media_type', message, { headers });
    case 'invalid_json':
      return new ApiError(400, 'invalid_json', message);
    default:
      return new ApiError(400, 'invalid_request', message);
  }
}
