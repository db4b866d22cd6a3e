import { setTimeout as sleep } from 'node:timers/promises';
import { AuthenticationError, ConnectionError, PlatformError, ServerError, TimeoutError } from '../platform-error.ts';
import { VERSION } from '../version.ts';
import type { ApiResponse } from './api-promise.ts';
import { type Authorization, keyAuthorization, loginAuthorization } from './authorization.ts';
import { checkRetries, checkTimeout } from './check-options.ts';
import { hintOfConnection, hintOfStatus } from './hints.ts';
import { errorOf, parseJson, readText } from './read-answer.ts';
import { retryDelayMs } from './retry.ts';
import type { RequestOptions, Settings } from './settings.ts';

export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Relative to the platform's address, with its variable parts encoded. */
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  body?: object;
  headers?: Record<string, string | undefined>;
  /** True when sending the call twice has the effect of sending it once. */
  repeatable: boolean;
}

const USER_AGENT = `signup-with-platform-client/${VERSION}`;

/** Sends calls with authorization and a timeout, repeats them when that is safe and may help, and turns failures into named errors. */
export class Transport {
  readonly #settings: Settings;
  readonly #authorization: Authorization;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#authorization =
      settings.credentials.kind === 'key'
        ? keyAuthorization(settings.credentials.secretKey)
        : loginAuthorization(settings.credentials, (body) => this.#logIn(body));
  }

  async send<T>(request: ApiRequest, options: RequestOptions = {}): Promise<ApiResponse<T>> {
    let renewed = false;
    return this.#withRetries(request, options, async () => {
      const authorization = await untilAborted(this.#authorization.header(), options.signal);
      try {
        return await this.#attempt<T>(request, options, authorization);
      } catch (error) {
        if (!(error instanceof AuthenticationError) || renewed || !this.#authorization.refused(authorization))
          throw error;
        renewed = true;
        const again = await untilAborted(this.#authorization.header(), options.signal);
        return this.#attempt<T>(request, options, again);
      }
    });
  }

  /** All waiting calls share the login, so the signal of one call does not end it. */
  async #logIn(body: object): Promise<unknown> {
    const request: ApiRequest = { method: 'POST', path: '/custom_api/external_login', body, repeatable: true };
    const { data } = await this.#withRetries(request, {}, () => this.#attempt(request, {}));
    return data;
  }

  async #withRetries<T>(request: ApiRequest, options: RequestOptions, attempt: () => Promise<T>): Promise<T> {
    const maxRetries = checkRetries(options.maxRetries ?? this.#settings.maxRetries);
    for (let retries = 0; ; retries += 1) {
      options.signal?.throwIfAborted();
      try {
        return await attempt();
      } catch (error) {
        const delayMs = retries < maxRetries ? retryDelayMs(error, request.repeatable, retries) : undefined;
        if (delayMs === undefined) throw error;
        await pause(delayMs, options.signal);
      }
    }
  }

  async #attempt<T>(request: ApiRequest, options: RequestOptions, authorization?: string): Promise<ApiResponse<T>> {
    const { baseUrl, fetch } = this.#settings;
    const timeoutMs = checkTimeout(options.timeoutMs ?? this.#settings.timeoutMs);
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(`${baseUrl}${request.path}${queryOf(request)}`, {
        method: request.method,
        headers: headersOf(request, authorization),
        ...(request.body && { body: JSON.stringify(request.body) }),
        // Following a redirect would send the secret to another address.
        redirect: 'manual',
        signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
      });
      return this.#read<T>(response, parseJson(await readText(response)));
    } catch (cause) {
      if (cause instanceof PlatformError) throw cause;
      options.signal?.throwIfAborted();
      throw timeout.aborted ? timedOut(request, timeoutMs, cause) : this.#unreachable(cause);
    }
  }

  #read<T>(response: Response, body: unknown): ApiResponse<T> {
    const { status, headers, ok } = response;
    if (!ok) {
      throw errorOf(response, body, hintOfStatus(status, this.#settings.credentials, headers.get('location')));
    }
    const requestId = headers.get('x-request-id') ?? undefined;
    if (typeof body !== 'object' || body === null) {
      const [message, hint] = [
        'The answer is not JSON.',
        'Is `baseUrl` the platform itself, and not a page in front of it?',
      ];
      throw new ServerError({ code: 'invalid_answer', message, hint, status, requestId });
    }
    return { data: body as T, status, headers, requestId, etag: headers.get('etag') ?? undefined };
  }

  #unreachable(cause: unknown): ConnectionError {
    const { baseUrl } = this.#settings;
    const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
    const code = (reason as { code?: unknown } | undefined)?.code;
    return new ConnectionError({
      code: typeof code === 'string' ? code : 'connection_failed',
      message: `There was no answer (${reason instanceof Error ? reason.message || String(code) : String(reason)}).`,
      hint: hintOfConnection(String(code), baseUrl),
      cause,
    });
  }
}

function headersOf({ body, headers = {} }: ApiRequest, authorization: string | undefined): Record<string, string> {
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    accept: 'application/json',
    'user-agent': USER_AGENT,
    ...(authorization && { authorization }),
    ...(body && { 'content-type': 'application/json' }),
    ...Object.fromEntries(given),
  };
}

function queryOf({ query = {} }: ApiRequest): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return search === '' ? '' : `?${search}`;
}

function timedOut({ method, path }: ApiRequest, timeoutMs: number, cause: unknown): TimeoutError {
  return new TimeoutError({
    code: 'timeout',
    message: `${method} ${path} got no complete answer within ${timeoutMs} ms.`,
    hint: 'It is unknown whether the platform acted on it.',
    cause,
  });
}

async function pause(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(delayMs, undefined, signal && { signal }).catch(() => signal?.throwIfAborted());
}

/** Rejects with the signal's reason as soon as it is aborted. The promise itself goes on without this call. */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  let onAbort = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
