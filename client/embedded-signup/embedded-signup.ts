import { createHash, timingSafeEqual } from 'node:crypto';
import { InvalidOptionError } from '../errors.ts';
import { readSignupRequest } from './read-request.ts';
import { SignupRefused } from './signup-refused.ts';
import type { SignupRequest } from './signup-request.ts';

/** Your user. Only `id` is required; the platform stores it as your id for this person. */
export interface SignupUser {
  id: string | number;
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
  userName?: string | null | undefined;
}

/** @throws {SignupRefused} to tell the person why not */
export type SignupHandler = (signup: SignupRequest, request: Request) => SignupUser | Promise<SignupUser>;

export interface EmbeddedSignupOptions {
  /** The key that the platform sends as X-Api-Key. Pass several keys while you change from one to the next. */
  apiKey: string | readonly string[] | undefined;
  /** Returns what the person reads when your handler fails. Default: an apology in English. */
  failureMessage?: (language: string) => string;
  /** Called with what your handler threw, other than SignupRefused. Default: console.error. */
  onError?: (error: unknown) => void;
}

/**
 * Makes your endpoint of the embedded sign-up contract, as a Fetch API handler. Give its URL and its key to the platform.
 * Use {@link toExpress}, {@link toFastify} or {@link toNode} to mount it in Express, Fastify or node:http.
 *
 * @example
 * ```ts
 * const handler = embeddedSignup(
 *   async ({ userName, password, language }) => {
 *     if (await customers.has(userName)) throw new SignupRefused('This address has an account.', 'user_exists', 409);
 *     return { id: await customers.add(userName, password) };
 *   },
 *   { apiKey: process.env.SIGNUP_KEY },
 * );
 * ```
 *
 * @throws {InvalidOptionError} at once when the key is missing, because an endpoint without one would let anybody in.
 */
export function embeddedSignup(
  handler: SignupHandler,
  options: EmbeddedSignupOptions,
): (request: Request) => Promise<Response> {
  if (typeof handler !== 'function') throw new InvalidOptionError('handler', '`handler` must be a function');
  const isKnownKey = keyCheck(options?.apiKey);
  const failureMessage = options.failureMessage ?? (() => 'Signing up failed. Please try again later.');
  const onError = options.onError ?? ((error) => console.error('embeddedSignup:', error));

  return async (request) => {
    let language = 'en';
    try {
      if (request.method !== 'POST') {
        throw new SignupRefused('This endpoint accepts POST only.', 'method_not_allowed', 405);
      }
      if (!isKnownKey(request.headers.get('x-api-key'))) {
        throw new SignupRefused('The X-Api-Key is missing or wrong.', 'invalid_api_key', 401);
      }
      const signup = await readSignupRequest(request);
      language = signup.language;
      return json(201, answerOf(await handler(signup, request)));
    } catch (error) {
      if (error instanceof SignupRefused) return refusal(error);
      onError(error);
      return json(500, { message: failureMessage(language), code: 'internal_error' });
    }
  };
}

function keyCheck(apiKey: unknown): (key: string | null) => boolean {
  const keys = Array.isArray(apiKey) ? apiKey : [apiKey];
  if (keys.length === 0 || !keys.every((key) => typeof key === 'string' && key !== '' && key === key.trim())) {
    throw new InvalidOptionError(
      'apiKey',
      '`apiKey` must be the key that the platform sends, without white space around it. Is its environment variable set?',
    );
  }
  const known = (keys as string[]).map(digest);
  // Every key is compared, each in constant time, so that the time tells neither which key was tried nor how much of it was right.
  return (key) => {
    const given = digest(key ?? '');
    return known.filter((digestOfKey) => timingSafeEqual(digestOfKey, given)).length > 0;
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function answerOf(user: SignupUser): Record<string, string> {
  const id = typeof user?.id === 'number' ? String(user.id) : user?.id;
  if (typeof id !== 'string' || id === '') throw new TypeError('The sign-up handler must return the id of the user');
  const { firstName, lastName, userName } = user;
  const optional = Object.entries({ firstName, lastName, userName }).filter(([, value]) => typeof value === 'string');
  return { id, ...Object.fromEntries(optional) };
}

function refusal({ message, code, status }: SignupRefused): Response {
  return json(status, { message, ...(code !== undefined && { code }) }, status === 405 ? { allow: 'POST' } : {});
}

function json(status: number, body: object, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  });
}
