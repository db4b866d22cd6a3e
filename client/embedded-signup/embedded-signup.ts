import { createHash, timingSafeEqual } from 'node:crypto';
import { InvalidOptionError } from '../errors.ts';
import { readSignupRequest } from './read-request.ts';
import { SignupRefused } from './signup-refused.ts';
import type { SignupRequest } from './signup-request.ts';

/** Your user. Only `id` is needed; the platform keeps it as yours for this person. */
export interface SignupUser {
  id: string | number;
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
  userName?: string | null | undefined;
}

/** @throws {SignupRefused} to tell the person why not */
export type SignupHandler = (signup: SignupRequest, request: Request) => SignupUser | Promise<SignupUser>;

export interface EmbeddedSignupOptions {
  /** What the platform sends as X-Api-Key. Several while you change from one to the next. */
  apiKey: string | readonly string[] | undefined;
  /** What the person reads when your handler failed. Default: an apology in English. */
  failureMessage?: (language: string) => string;
  /** Told what your handler threw, other than SignupRefused. Default: console.error. */
  onError?: (error: unknown) => void;
}

/**
 * Your endpoint of the embedded sign-up contract, as a Fetch API handler: give its URL and its key to the platform.
 * For Express, Fastify and node:http there are {@link toExpress}, {@link toFastify} and {@link toNode}.
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
 * @throws {InvalidOptionError} at once, when the key is missing: an endpoint without one would let anybody in.
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
        throw new SignupRefused('This address takes POST.', 'method_not_allowed', 405);
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
  // All of them, each in constant time: how long it takes tells neither how much of a key was right nor which.
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
  if (typeof id !== 'string' || id === '') throw new TypeError('The handler returned no id of the user');
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
