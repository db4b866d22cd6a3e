import { createHmac, randomUUID } from 'node:crypto';
import { WEBHOOK_HEADERS, type WebhookEvent } from '@signup-with-platform/protocol';
import { webhookKeys } from '../webhooks/webhook-keys.ts';

/** What the platform would post: pass it to `fetch`, to `new Request`, or to {@link verifyWebhook} as it is. */
export interface TestWebhook {
  method: 'POST';
  headers: Record<string, string>;
  body: string;
}

/**
 * Signs an event as the platform does. For the tests of a vendor's backend: it needs no platform.
 *
 * @example
 * ```ts
 * const secret = `whsec_${randomBytes(32).toString('base64')}`;
 * const data = { version: 1, user_id: 'u', client_id: 'c', environment: 'localhost', sequence: 1 };
 * await fetch('http://localhost:3000/webhooks', signTestWebhook({ type: 'user.deleted', timestamp: '…', data }, secret));
 * ```
 *
 * @param secret A list makes a signature for each, as while a secret is rotated.
 * @param options.id Default: another each time. @param options.at When it was sent. Default: now
 */
export function signTestWebhook(
  event: WebhookEvent,
  secret: string | readonly string[],
  { id = `msg_${randomUUID()}`, at = new Date() }: { id?: string; at?: Date } = {},
): TestWebhook {
  const body = JSON.stringify(event);
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const sign = (key: Buffer) => createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const signatures = webhookKeys(secret).map((key) => `v1,${sign(key)}`);
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      [WEBHOOK_HEADERS.ID]: id,
      [WEBHOOK_HEADERS.TIMESTAMP]: timestamp,
      [WEBHOOK_HEADERS.SIGNATURE]: signatures.join(' '),
    },
    body,
  };
}
