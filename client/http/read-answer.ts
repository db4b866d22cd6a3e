import * as errors from '../platform-error.ts';
import { type FailedRule, type PlatformError, type PlatformErrorDetails, ServerError } from '../platform-error.ts';

/** Characters. A page of 100 users with all their claims stays below 1 MB. */
const MAX_LENGTH = 8_000_000;

/** Reads the body as text, and gives up when it is too long. */
export async function readText(response: Response): Promise<string> {
  if (!response.body) return '';
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_LENGTH) {
      throw new ServerError({
        code: 'answer_too_large',
        message: `The answer has more than ${MAX_LENGTH} characters.`,
        hint: 'Is `baseUrl` the platform?',
        status: response.status,
      });
    }
  }
  return text + decoder.decode();
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What went wrong: what the platform said, in either of its two forms, or what follows from the status when something else answered. */
export function errorOf(response: Response, body: unknown, hint: string | undefined): PlatformError {
  const { status, headers } = response;
  const answer = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const validationErrors = Array.isArray(answer['validation_error'])
    ? (answer['validation_error'] as FailedRule[])
    : undefined;
  const code = textOf(answer['error']) ?? (isEnvelope(answer) ? 'invalid_client' : `http_${status}`);
  return new (classOf(status, code))({
    code,
    message: messageOf(status, answer, validationErrors),
    hint,
    status,
    requestId: headers.get('x-request-id') ?? undefined,
    validationErrors,
    retryAfterSeconds: secondsOf(headers.get('retry-after')),
    body,
  });
}

function messageOf(status: number, answer: Record<string, unknown>, failed: readonly FailedRule[] | undefined): string {
  if (failed)
    return `Parameters break rules: ${failed.map(({ parameter, rule }) => `${parameter} ${rule}`).join(', ')}.`;
  if (isEnvelope(answer)) return `external_login refused: ${reasonsOf(answer['data'])}.`;
  return textOf(answer['message']) ?? `The answer was ${status}, without the platform's JSON.`;
}

/** external_login has its own form of errors: `{"code":401,"message":"fail","data":{…}}`. */
function isEnvelope(answer: Record<string, unknown>): boolean {
  return answer['message'] === 'fail' && typeof answer['data'] === 'object' && answer['data'] !== null;
}

function reasonsOf(data: unknown): string {
  return Object.entries(data as Record<string, unknown>)
    .map(([field, reason]) => (field === 'error' ? String(reason) : `${field} ${[reason].flat().join(' ')}`))
    .map((reason) => reason.replace(/\.$/, ''))
    .join(', ');
}

function classOf(status: number, code: string): new (details: PlatformErrorDetails) => PlatformError {
  if (code === 'validation_error') return errors.ValidationError;
  switch (status) {
    case 401:
      return errors.AuthenticationError;
    case 402:
      return errors.AppDisabledError;
    case 403:
      return errors.PermissionError;
    case 404:
      return errors.NotFoundError;
    case 409:
      return errors.ConflictError;
    case 412:
      return errors.PreconditionFailedError;
    case 429:
      return errors.RateLimitError;
  }
  return status >= 400 && status < 500 ? errors.InvalidRequestError : ServerError;
}

/** Retry-After is a number of seconds or a date (RFC 9110 section 10.2.3). */
export function secondsOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined;
  if (/^\d+$/.test(retryAfter.trim())) return Number(retryAfter);
  const atMs = Date.parse(retryAfter);
  return Number.isNaN(atMs) ? undefined : Math.max(0, Math.ceil((atMs - Date.now()) / 1_000));
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
