import { createHmac, timingSafeEqual } from 'node:crypto';
import { WEBHOOK_HEADERS, WEBHOOK_TOLERANCE_SECONDS, type WebhookEvent } from '@signup-with-platform/protocol';
import { InvalidOptionError } from '../errors.ts';
import { bodyOf, headerOf, type WebhookRequest } from './read-delivery.ts';
import { WEBHOOK_ERRORS, WebhookError } from './webhook-error.ts';
import { hintOfMismatch } from './webhook-hints.ts';
import { webhookKeys } from './webhook-keys.ts';

const VERSION = 'v1,';
const HINT_OF_CLOCK = "Is this machine's clock right?";

export interface VerifyWebhookOptions {
  /** How far `webhook-timestamp` may be from this machine's clock, either way, in seconds. Default and at most 300. */
  toleranceSeconds?: number;
}

/** An event, and the id of its delivery, which stays the same when the event is sent again. */
export type ReceivedWebhook = WebhookEvent & { id: string };

/**
 * Verifies a delivery that the platform posted to your webhook, and returns its event: signature, time and shape (Standard Webhooks 1.0).
 *
 * Answer 2xx within ten seconds once you have kept the event; do what takes longer afterwards. Answer 400 for a {@link WebhookError}. An event
 * may arrive twice, with the same `id`; and late, with a `data.sequence` that is not above the last of its user. A newer platform may send types
 * that this version does not name: answer 2xx and ignore them.
 *
 * The signature is over the bytes of the body, so no parser may come first. Express needs no parser on this route, or
 * `express.raw({ type: 'application/json' })`; a Fetch `Request` must not have been read.
 *
 * @example
 * ```ts
 * app.post('/webhooks', express.raw({ type: 'application/json' }), async (request, response) => {
 *   const event = await verifyWebhook(request, process.env.WEBHOOK_SECRET);
 *   if (event.type === 'user.deleted') await customers.forget(event.data.user_id);
 *   response.sendStatus(204);
 * });
 * ```
 *
 * @param secret Of the webhook, `whsec_…`. A list of both while it is rotated.
 * @throws {WebhookError} The delivery is refused: do nothing of what it says.
 * @throws {InvalidOptionError} The secret or an option is missing or malformed: a bug in the calling program, or a setting.
 */
export async function verifyWebhook(
  request: WebhookRequest,
  secret: string | readonly string[] | undefined,
  options: VerifyWebhookOptions = {},
): Promise<ReceivedWebhook> {
  const keys = webhookKeys(secret);
  const toleranceSeconds = toleranceOf(options);
  if (typeof request?.headers !== 'object' || request.headers === null) {
    throw new InvalidOptionError('request', 'verifyWebhook(request, secret): `request` has no headers');
  }
  const id = required(request, WEBHOOK_HEADERS.ID, /^[\w-]{1,200}$/);
  const timestamp = required(request, WEBHOOK_HEADERS.TIMESTAMP, /^\d{1,11}$/);
  const header = required(request, WEBHOOK_HEADERS.SIGNATURE, /^[\x21-\x7e ]+$/);
  const body = await bodyOf(request);
  checkSignature(header, body, (content) => keys.map((key) => sign(key, `${id}.${timestamp}.`, content)));
  checkTime(Number(timestamp), toleranceSeconds);
  return { ...eventIn(body), id };
}

function toleranceOf({ toleranceSeconds = WEBHOOK_TOLERANCE_SECONDS }: VerifyWebhookOptions): number {
  if (toleranceSeconds >= 0 && toleranceSeconds <= WEBHOOK_TOLERANCE_SECONDS) return toleranceSeconds;
  throw new InvalidOptionError(
    'toleranceSeconds',
    `\`toleranceSeconds\` must be between 0 and ${WEBHOOK_TOLERANCE_SECONDS}`,
  );
}

function required(request: WebhookRequest, name: string, form: RegExp): string {
  const value = headerOf(request, name);
  if (value === undefined || value === '') {
    const others = Object.values(WEBHOOK_HEADERS).some((other) => headerOf(request, other));
    throw new WebhookError(
      WEBHOOK_ERRORS.MISSING_HEADER,
      `There is no header ${name}`,
      others
        ? 'The others are there: does a proxy or gateway drop this one?'
        : 'Either this is no delivery of the platform, or a proxy or gateway drops headers that it does not know.',
    );
  }
  if (form.test(value)) return value;
  throw new WebhookError(
    WEBHOOK_ERRORS.MALFORMED_HEADER,
    `The header ${name} is malformed`,
    value.includes(', ') ? 'It arrived twice.' : 'Another sender posts to this address, or a proxy rewrites it.',
  );
}

function sign(key: Buffer, before: string, body: Buffer | string): Buffer {
  return createHmac('sha256', key).update(before).update(body).digest();
}

function checkSignature(header: string, body: Buffer, signaturesOf: (body: Buffer | string) => Buffer[]): void {
  const words = header.split(' ').filter(Boolean);
  const given = words.filter((word) => word.startsWith(VERSION)).map((word) => word.slice(VERSION.length));
  const digests = given.map((signature) => Buffer.from(signature, 'base64'));
  // Each is compared with each, in constant time, so that the time tells neither which was tried nor how much of it was right.
  const matches = (content: Buffer | string) =>
    signaturesOf(content).flatMap((right) => digests.filter((digest) => isSame(digest, right))).length > 0;
  if (matches(body)) return;
  throw new WebhookError(
    WEBHOOK_ERRORS.BAD_SIGNATURE,
    'No signature matches',
    hintOfMismatch({ signatures: given, hasOthers: words.length > given.length, body, wouldMatch: matches }),
  );
}

function isSame(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}

function checkTime(sentAtSeconds: number, toleranceSeconds: number): void {
  const agoSeconds = Math.floor(Date.now() / 1000) - sentAtSeconds;
  if (agoSeconds > toleranceSeconds) {
    throw new WebhookError(
      WEBHOOK_ERRORS.EXPIRED,
      `It was sent ${agoSeconds} s ago`,
      `Verify deliveries when they arrive: a repeated one is signed anew. ${HINT_OF_CLOCK}`,
    );
  }
  if (-agoSeconds > toleranceSeconds) {
    throw new WebhookError(WEBHOOK_ERRORS.NOT_YET_VALID, `It was sent ${-agoSeconds} s in the future`, HINT_OF_CLOCK);
  }
}

function eventIn(body: Buffer): WebhookEvent {
  try {
    const event: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    if (isEvent(event)) return event;
  } catch {
    // The parser's own message would repeat a part of the body.
  }
  throw new WebhookError(
    WEBHOOK_ERRORS.MALFORMED_EVENT,
    'The body is not an event',
    'It was signed with your secret: does another sender use the same one?',
  );
}

function isEvent(value: unknown): value is WebhookEvent {
  const { type, timestamp, data } = (value ?? {}) as { type?: unknown; timestamp?: unknown; data?: unknown };
  return typeof type === 'string' && typeof timestamp === 'string' && typeof data === 'object' && data !== null;
}
