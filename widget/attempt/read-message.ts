import { READY_MESSAGE, RESPONSE_MESSAGE, type ResponseMessage } from '@signup-with-platform/protocol';
import type { SignupFlowEvent } from './signup-flow.ts';

const OPTIONAL_STRINGS = ['credential', 'code', 'error', 'error_description'] as const;

export interface ExpectedSender {
  /** Origin of the platform. */
  platform: string;
  /** The popup. */
  popup: unknown;
  /** What the widget sent along, and nobody else knows. */
  state: string;
}

/**
 * What a window message says, if it is ours: origin, source and state must all match, and the shape must be right. Anything
 * else is `undefined` and passed over in silence, since browser extensions and other widgets post messages too.
 */
export function readMessage(
  { origin, source, data }: Pick<MessageEvent<unknown>, 'origin' | 'source' | 'data'>,
  expected: ExpectedSender,
): SignupFlowEvent | undefined {
  if (origin !== expected.platform || !source || source !== expected.popup) return;
  const message = data as { [key: string]: unknown } | null | undefined;
  const attempt = expected.state;
  if (message?.['state'] !== attempt) return;
  if (message['type'] === READY_MESSAGE) return { type: 'ready', attempt };
  if (message['type'] !== RESPONSE_MESSAGE || typeof message['iss'] !== 'string') return;

  const { iss } = message;
  const response: ResponseMessage = { type: RESPONSE_MESSAGE, state: attempt, iss };
  for (const key of OPTIONAL_STRINGS) {
    const value = message[key];
    if (typeof value === 'string') response[key] = value;
    else if (value !== undefined) return;
  }
  if (!(response.credential || response.code || response.error)) return;
  // RFC 9207 section 2.4: an answer of another issuer is refused, whatever it says.
  if (iss !== origin && iss !== `${origin}/sandbox`) {
    const message = `The answer came from issuer ${iss}, not from ${origin}: compare PUBLIC_URL with the platform attribute.`;
    return { type: 'failed', attempt, failure: { code: 'invalid_credential', message } };
  }
  return { type: 'response', attempt, response };
}
