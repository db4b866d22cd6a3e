import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { parseSignupEndpoint } from '../../domain/apps/origins.ts';
import type { SignupEndpoint } from '../../storage/signup-endpoints.ts';

/** What the embedded sign-up contract sends. */
export interface VendorSignupRequest {
  userName: string;
  password: string;
  firstName?: string;
  lastName?: string;
  language: string;
}

export type VendorSignupResult =
  | { outcome: 'signed-up'; id: string }
  /** The vendor said no, in words for the person. */
  | { outcome: 'refused'; message: string; status: number }
  /** It could not be reached, failed, or sent an invalid answer. `reason` is for the log and repeats nothing of the answer. */
  | { outcome: 'unavailable'; reason: string };

export interface VendorCallOptions {
  idempotencyKey: string;
  userAgent: string;
  /** For each try, until the last byte of the answer. Default 8 seconds: somebody is waiting. */
  timeoutMs?: number;
  /** The pause before the second try, which doubles for each further one. Default 200. */
  backoffMs?: number;
}

const TIMEOUT_MS = 8_000;
const BACKOFF_MS = 200;
const MAX_TRIES = 3;
/** With a longer Retry-After we give up, because a person is waiting. */
const MAX_RETRY_AFTER_MS = 3_000;
const MAX_ANSWER_BYTES = 64 * 1024;
const MAX_MESSAGE_LENGTH = 500;

/** Only `id` is required. An opaque text; numbers are taken for their digits. */
const signedUpSchema = z.object({
  id: z.union([z.string(), z.int().transform(String)]).pipe(z.string().regex(/^\P{Cc}{1,255}$/u)),
});
const refusedSchema = z.object({ message: z.string().trim().min(1) });

/** One try: an answer, or what went wrong and whether to try again, after how long. */
type Try = VendorSignupResult | { outcome: 'retry'; reason: string; retryAfterMs?: number };

/**
 * Sends a new user to a vendor's own endpoint. Repeats, with the same Idempotency-Key, after network errors, 429 and 5xx; not after a
 * timeout, because a person is waiting. Redirects are not followed: the key is for one address.
 */
export async function callVendorEndpoint(
  endpoint: SignupEndpoint,
  request: VendorSignupRequest,
  options: VendorCallOptions,
): Promise<VendorSignupResult> {
  const { backoffMs = BACKOFF_MS } = options;
  for (let tries = 1; ; tries += 1) {
    const result = await tryOnce(endpoint, request, options);
    if (result.outcome !== 'retry') return result;
    const pauseMs = result.retryAfterMs ?? backoffMs * 2 ** (tries - 1) + randomInt(backoffMs + 1);
    if (tries >= MAX_TRIES || pauseMs > MAX_RETRY_AFTER_MS) return { outcome: 'unavailable', reason: result.reason };
    await delay(pauseMs);
  }
}

async function tryOnce(
  endpoint: SignupEndpoint,
  request: VendorSignupRequest,
  { idempotencyKey, userAgent, timeoutMs = TIMEOUT_MS }: VendorCallOptions,
): Promise<Try> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(parseSignupEndpoint(endpoint.url), {
      method: 'POST',
      headers: {
        'x-api-key': endpoint.key,
        'content-type': 'application/json',
        accept: 'application/json',
        'idempotency-key': idempotencyKey,
        'user-agent': userAgent,
      },
      body: JSON.stringify(request),
      redirect: 'manual',
      signal,
    });
    return readAnswer(response.status, response.headers, await readText(response));
  } catch (error) {
    if (error instanceof AnswerTooLargeError) return { outcome: 'unavailable', reason: 'answer too large' };
    if (signal.aborted) return { outcome: 'unavailable', reason: 'timeout' };
    return { outcome: 'retry', reason: `network error: ${networkReason(error)}` };
  }
}

function readAnswer(status: number, headers: Headers, text: string): Try {
  const body = parseJson(text);
  if (status >= 200 && status < 300) {
    const signedUp = signedUpSchema.safeParse(body);
    if (!signedUp.success) return { outcome: 'unavailable', reason: `status ${status} without an id` };
    return { outcome: 'signed-up', id: signedUp.data.id };
  }
  if (status >= 500) return { outcome: 'retry', reason: `status ${status}`, ...retryAfter(headers) };
  if (status === 429) return { outcome: 'retry', reason: 'status 429', ...retryAfter(headers) };
  const refused = refusedSchema.safeParse(body);
  if (status < 400 || !refused.success) return { outcome: 'unavailable', reason: `status ${status} without a message` };
  return { outcome: 'refused', message: [...refused.data.message].slice(0, MAX_MESSAGE_LENGTH).join(''), status };
}

/** RFC 9110 section 10.2.3: seconds, or a date. */
function retryAfter(headers: Headers): { retryAfterMs?: number } {
  const value = headers.get('retry-after');
  if (value === null) return {};
  const waitMs = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(waitMs) ? {} : { retryAfterMs: Math.max(waitMs, 0) };
}

class AnswerTooLargeError extends Error {
  override name = 'AnswerTooLargeError';
}

/** @throws AnswerTooLargeError as soon as there is too much, counted after decompression */
async function readText(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > MAX_ANSWER_BYTES) throw new AnswerTooLargeError();
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** E.g. ECONNREFUSED. The messages of `fetch` may quote a header, and with it the key. */
function networkReason(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } };
  return typeof cause?.code === 'string' ? cause.code : (error as Error).name;
}
