import type { JsonSchema } from '../validation/json-schema.ts';

interface HeaderEntry {
  description: string;
  schema: JsonSchema;
  example: string;
}

/** Headers of answers, by name. */
export const HEADERS: Readonly<Record<string, HeaderEntry>> = {
  'X-Request-Id': {
    description:
      'Names this request in the platform’s log. Your own, if you sent one of 8 to 128 letters, digits or `_.:-`.',
    schema: { type: 'string', pattern: '^[\\w.:-]{8,128}$' },
    example: '4f9d0c1e-8a55-4d0e-9c58-0f4a3c1f8e21',
  },
  RateLimit: {
    description:
      'Requests that are left, and seconds until the quota is full again (draft-ietf-httpapi-ratelimit-headers).',
    schema: { type: 'string' },
    example: '"hour";r=359999;t=3600',
  },
  'RateLimit-Policy': {
    description: 'The quota and its window in seconds.',
    schema: { type: 'string' },
    example: '"hour";q=360000;w=3600',
  },
  'Retry-After': {
    description: 'Seconds to wait before the next attempt.',
    schema: { type: 'string', pattern: '^\\d+$' },
    example: '30',
  },
  ETag: {
    description: 'The version of this user, for If-None-Match and If-Match.',
    schema: { type: 'string', pattern: '^"[^"]+"$' },
    example: '"Vn8X3rS0pG2mQ6kA9dTfLw"',
  },
  Link: {
    description: 'The next and the previous page (RFC 8288).',
    schema: { type: 'string' },
    example: '</1/users?starting_after=lFVofRqhZ8Kx>; rel="next"',
  },
  'Idempotency-Replayed': {
    description: 'The first request with this Idempotency-Key was answered so; nothing was done again.',
    schema: { type: 'string', const: 'true' },
    example: 'true',
  },
  'WWW-Authenticate': {
    description: 'The ways in (RFC 9110 section 11.6.1).',
    schema: { type: 'string' },
    example: 'Basic realm="user API", charset="UTF-8", Bearer realm="user API"',
  },
  Allow: { description: 'The methods that this address takes.', schema: { type: 'string' }, example: 'POST' },
};
