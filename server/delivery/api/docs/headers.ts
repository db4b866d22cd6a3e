import type { JsonSchema } from '../validation/json-schema.ts';

interface HeaderEntry {
  description: string;
  schema: JsonSchema;
  example: string;
}

/** Response headers, by name. */
export const HEADERS: Readonly<Record<string, HeaderEntry>> = {
  'X-Request-Id': {
    description:
      'The id of this request in the platform’s log. It is your own, if you sent one of 8 to 128 letters, digits or `_.:-`.',
    schema: { type: 'string', pattern: '^[\\w.:-]{8,128}$' },
    example: '4f9d0c1e-8a55-4d0e-9c58-0f4a3c1f8e21',
  },
  RateLimit: {
    description:
      'The requests that are left, and the seconds until the quota resets (draft-ietf-httpapi-ratelimit-headers).',
    schema: { type: 'string' },
    example: '"hour";r=359999;t=3600',
  },
  'RateLimit-Policy': {
    description: 'The quota and its window in seconds.',
    schema: { type: 'string' },
    example: '"hour";q=360000;w=3600',
  },
  'Retry-After': {
    description: 'The seconds to wait before the next attempt.',
    schema: { type: 'string', pattern: '^\\d+$' },
    example: '30',
  },
  ETag: {
    description: 'The version of this user or account, for If-None-Match and If-Match.',
    schema: { type: 'string', pattern: '^"[^"]+"$' },
    example: '"Vn8X3rS0pG2mQ6kA9dTfLw"',
  },
  Link: {
    description: 'The next and the previous page (RFC 8288).',
    schema: { type: 'string' },
    example: '</1/users?starting_after=lFVofRqhZ8Kx>; rel="next"',
  },
  'Idempotency-Replayed': {
    description: 'This is the answer to the first request with this Idempotency-Key. Nothing was done again.',
    schema: { type: 'string', const: 'true' },
    example: 'true',
  },
  'X-Ignored-Parameters': {
    description: 'Names in the body that the call does not know and has ignored, percent-encoded: at most ten.',
    schema: { type: 'string' },
    example: 'newsletter, shoe_size',
  },
  'WWW-Authenticate': {
    description: 'The ways to authenticate (RFC 9110 section 11.6.1).',
    schema: { type: 'string' },
    example: 'Basic realm="user API", charset="UTF-8", Bearer realm="user API"',
  },
  Allow: { description: 'The methods that this URL accepts.', schema: { type: 'string' }, example: 'POST' },
};
