import { randomInt } from 'node:crypto';
import { type ConnectionError, PlatformError, TimeoutError } from '../platform-error.ts';

const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 8_000;
/** A longer pause is left to the caller, who knows better what to do in the meantime. */
const MAX_RETRY_AFTER_MS = 20_000;

/** Errors of a request that was never sent, so that nothing can have happened. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * When to send a failed request again.
 *
 * @param repeatable whether sending the request twice has the effect of sending it once. One that is not repeatable, because it uses up a
 *   code or sends an email, is sent again only when the first certainly had no effect
 * @param attempt 0 for the first
 * @returns the pause in milliseconds, or undefined when the request must not be sent again
 */
export function retryDelayMs(error: unknown, repeatable: boolean, attempt: number): number | undefined {
  if (!(error instanceof PlatformError) || !mayHelp(error, repeatable)) return undefined;
  if (error.retryAfterSeconds === undefined) return backoffMs(attempt);
  const waitMs = error.retryAfterSeconds * 1_000;
  return waitMs <= MAX_RETRY_AFTER_MS ? waitMs : undefined;
}

function mayHelp(error: PlatformError, repeatable: boolean): boolean {
  const { status, code } = error;
  if (status === undefined) return isTransient(error) && (repeatable || NEVER_SENT.has(code));
  // The platform refused before it did anything (RFC 6585 section 4, RFC 9110 section 15.6.4).
  if (status === 503) return true;
  // Wrong passwords of one user are counted, so the same password again would count too, while the person waits.
  if (status === 429) return code !== 'too_many_attempts';
  // Our own first attempt is still under way, so its answer is worth waiting for.
  if (status === 409) return code === 'request_under_way';
  return repeatable && status >= 500;
}

/** A certificate does not become trusted by asking twice. */
function isTransient(error: ConnectionError): boolean {
  return error instanceof TimeoutError || !/CERT|SELF_SIGNED|ERR_TLS|ERR_SSL|ERR_INVALID|UNABLE_TO/.test(error.code);
}

/** The pause doubles each time and is shortened by up to half at random, so that callers do not all come back at once. */
export function backoffMs(attempt: number): number {
  const longestMs = Math.min(FIRST_DELAY_MS * 2 ** attempt, MAX_DELAY_MS);
  return randomInt(longestMs / 2, longestMs + 1);
}
