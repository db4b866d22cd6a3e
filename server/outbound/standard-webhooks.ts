import { createHmac } from 'node:crypto';

/** Of a message that is about to be sent. */
export interface WebhookMessage {
  /** The same for each time that the message is sent, so that its receiver can tell a repetition. */
  readonly id: string;
  readonly body: string;
  /** Default: now. */
  readonly at?: Date;
}

/**
 * The headers by which a receiver knows who has sent a message, that nobody has changed it, and that it is not an old one
 * (Standard Webhooks 1.0, https://www.standardwebhooks.com).
 * @param keys of the receiver, the newest first: while a secret is replaced, there are two
 */
export function signedHeaders(
  { id, body, at = new Date() }: WebhookMessage,
  ...keys: readonly Uint8Array[]
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signed = `${id}.${timestamp}.${body}`;
  const signatures = keys.map((key) => `v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
