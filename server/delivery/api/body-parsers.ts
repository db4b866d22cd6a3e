import { parse as parseForm } from 'node:querystring';
import type { FastifyInstance } from 'fastify';
import { describeJsonError } from './external-login/json-error.ts';

/** Far more than any request of this API needs. */
export const MAX_BODY_BYTES = 16 * 1024;

/** Member names that could change an object's prototype. They are dropped. */
const PROTOTYPE_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** Parses JSON and forms into objects without a prototype. An error in JSON says where it is. */
export function addBodyParsers(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: MAX_BODY_BYTES },
    (_request, body, done) => {
      try {
        done(null, parseJson(String(body)));
      } catch (error) {
        done(error as Error);
      }
    },
  );
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MAX_BODY_BYTES },
    (_request, body, done) => done(null, withoutPrototypeKeys(parseForm(String(body)))),
  );
}

/** @throws Error with statusCode 400 and code `invalid_json`, whose message names the position */
export function parseJson(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? withoutPrototypeKeys(value as Record<string, unknown>)
      : value;
  } catch {
    // V8's own message is not used, because it quotes the text around the mistake, which may be a password.
    throw Object.assign(new Error(describeJsonError(text)), { statusCode: 400, code: 'invalid_json' });
  }
}

function withoutPrototypeKeys(members: Record<string, unknown>): Record<string, unknown> {
  return Object.assign(
    Object.create(null) as Record<string, unknown>,
    Object.fromEntries(Object.entries(members).filter(([name]) => !PROTOTYPE_KEYS.has(name))),
  );
}
