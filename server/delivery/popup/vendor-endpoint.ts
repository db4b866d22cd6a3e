import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { elsewhere } from '../../load/place.ts';
import { callGuarded, type OutboundLimits, type OutboundResult } from '../../outbound/guarded-call.ts';
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
  /** It was not reached, failed, or sent an invalid answer. `reason` is for the log and repeats nothing of the answer. */
  | { outcome: 'unavailable'; reason: string; answer?: VendorAnswer };

/** What the vendor's developers see of an answer that is not as agreed. */
export interface VendorAnswer {
  status?: number;
  /** The first kilobyte. */
  text?: string;
  /** Rounded. */
  tookMs: number;
}

export interface VendorCallOptions extends Pick<OutboundLimits, 'addresses' | 'resolver'> {
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
const MAX_SHOWN_BYTES = 1024;
const MAX_MESSAGE_LENGTH = 500;

/** Only `id` is required. An opaque text; numbers are taken for their digits. */
const signedUpSchema = z.object({
  id: z.union([z.string(), z.int().transform(String)]).pipe(z.string().regex(/^\P{Cc}{1,255}$/u)),
});
const refusedSchema = z.object({ message: z.string().trim().min(1) });

/** One try: an answer, or what went wrong and when to try again. */
type Try = VendorSignupResult | (Unavailable & { retry: true; retryAfterMs?: number | undefined });
type Unavailable = Extract<VendorSignupResult, { outcome: 'unavailable' }>;

/**
 * Sends a new user to a vendor's own endpoint, by the guarded call. Repeats, with the same Idempotency-Key, after a broken connection, 429
 * and 5xx; not after a timeout, because a person is waiting. The guarded call itself tries again while nobody is reached.
 */
export async function callVendorEndpoint(
  endpoint: SignupEndpoint,
  request: VendorSignupRequest,
  options: VendorCallOptions,
): Promise<VendorSignupResult> {
  const { backoffMs = BACKOFF_MS } = options;
  for (let tries = 1; ; tries += 1) {
    const result = await tryOnce(endpoint, request, options);
    if (!('retry' in result)) return result;
    const { retry: _, retryAfterMs, ...unavailable } = result;
    const pauseMs = retryAfterMs ?? backoffMs * 2 ** (tries - 1) + randomInt(backoffMs + 1);
    if (tries >= MAX_TRIES || pauseMs > MAX_RETRY_AFTER_MS) return unavailable;
    await elsewhere(() => delay(pauseMs));
  }
}

async function tryOnce(
  endpoint: SignupEndpoint,
  request: VendorSignupRequest,
  { idempotencyKey, userAgent, timeoutMs = TIMEOUT_MS, addresses, resolver }: VendorCallOptions,
): Promise<Try> {
  if (!URL.canParse(endpoint.url) || !SENDABLE.test(endpoint.key)) {
    return { outcome: 'unavailable', reason: 'the address or the key is not valid' };
  }
  const headers = {
    'x-api-key': endpoint.key,
    'content-type': 'application/json',
    accept: 'application/json',
    'idempotency-key': idempotencyKey,
    'user-agent': userAgent,
  };
  const call = { url: new URL(endpoint.url), method: 'POST', headers, body: JSON.stringify(request) } as const;
  const limits = { addresses, timeoutMs, maxBytes: MAX_ANSWER_BYTES, ...(resolver && { resolver }) };
  const result = await callGuarded(call, limits);
  switch (result.outcome) {
    case 'answered':
      return readAnswer(result);
    case 'refused':
      return { outcome: 'unavailable', reason: `address not allowed: ${result.reason}` };
    case 'unreachable':
      return { outcome: 'unavailable', reason: 'unreachable' };
    case 'certificate':
      return { outcome: 'unavailable', reason: `certificate: ${result.code}` };
    case 'failed': {
      const { reason, status, tookMs } = result;
      const answer = { tookMs, ...(status !== undefined && { status }) };
      const unavailable: Unavailable = { outcome: 'unavailable', reason: FAILURES[reason], answer };
      return reason === 'broken' ? { ...unavailable, retry: true } : unavailable;
    }
  }
}

/** What a header can carry. Node's own error would quote the key. */
const SENDABLE = /^[\x20-\x7e]*$/;
const FAILURES = { timeout: 'timeout', broken: 'connection broken', coding: 'answer is compressed' } as const;

function readAnswer({ status, headers, body, isCut, tookMs }: Answered): Try {
  const text = body.toString();
  const unavailable = (reason: string): Unavailable => ({
    outcome: 'unavailable',
    reason,
    answer: { status, text: body.subarray(0, MAX_SHOWN_BYTES).toString(), tookMs },
  });
  if (isCut) return unavailable('answer too large');
  const answer = parseJson(text);
  if (status >= 200 && status < 300) {
    const signedUp = signedUpSchema.safeParse(answer);
    if (!signedUp.success) return unavailable(`status ${status} without an id`);
    return { outcome: 'signed-up', id: signedUp.data.id };
  }
  if (status >= 500 || status === 429) {
    return { ...unavailable(`status ${status}`), retry: true, retryAfterMs: retryAfter(headers['retry-after']?.[0]) };
  }
  const refused = refusedSchema.safeParse(answer);
  if (status < 400 || !refused.success) return unavailable(`status ${status} without a message`);
  return { outcome: 'refused', message: [...refused.data.message].slice(0, MAX_MESSAGE_LENGTH).join(''), status };
}

type Answered = Extract<OutboundResult, { outcome: 'answered' }>;

/** RFC 9110 section 10.2.3: seconds, or a date. @returns milliseconds */
function retryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const waitMs = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(waitMs) ? undefined : Math.max(waitMs, 0);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
