import { AWAY_MESSAGE, READY_MESSAGE, RESPONSE_MESSAGE, type ResponseMessage } from '@signup-with-platform/protocol';
import { bare } from '../bare.ts';
import type { OpenAttempt } from '../open-attempt.ts';
import type { SignupFlowEvent } from './signup-flow.ts';

const OPTIONAL_STRINGS = ['credential', 'code', 'error', 'error_description'] as const;

export interface ExpectedSender {
  /** Origin of the platform. */
  platform: string;
  /** The popup. */
  popup: unknown;
  /** The value that the widget sent with the request, and that nobody else knows. */
  state: string;
}

/**
 * What a window message says, if it is from the popup: origin, source and state must all match, and the shape must be right. Otherwise
 * `undefined`, without an error, because browser extensions and other widgets post messages too.
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
  if (message['type'] === AWAY_MESSAGE) return { type: 'away', attempt };
  if (message['type'] !== RESPONSE_MESSAGE) return;
  return readResponse(message, expected);
}

/** The same for an answer that came by redirect or relay, whose code is redeemed here, unless it is for the vendor's backend. */
export function readAnswer(
  message: { readonly [key: string]: unknown },
  { platform, id, wantsCode }: Pick<OpenAttempt, 'platform' | 'id' | 'wantsCode'>,
): SignupFlowEvent | undefined {
  const event = readResponse(message, { platform, state: id });
  return event?.type === 'response' ? { ...event, redeem: !wantsCode } : event;
}

/** What an authorization response says, however it arrived. Undefined when it is not a response, or answers another request. */
export function readResponse(
  message: { readonly [key: string]: unknown },
  { platform, state }: Pick<ExpectedSender, 'platform' | 'state'>,
): SignupFlowEvent | undefined {
  const given = bare({ ...message });
  const { iss } = given;
  if (given['state'] !== state || typeof iss !== 'string') return;
  const response: ResponseMessage = bare({ type: RESPONSE_MESSAGE, state, iss });
  for (const key of OPTIONAL_STRINGS) {
    const value = given[key];
    if (typeof value === 'string') response[key] = value;
    else if (value !== undefined) return;
  }
  if (!(response.credential || response.code || response.error)) return;
  // RFC 9207 section 2.4: an answer from another issuer is refused, whatever it says.
  if (iss !== platform && iss !== `${platform}/sandbox`) {
    const reason = `The answer came from issuer ${iss}, not from ${platform}: compare PUBLIC_URL with the platform attribute.`;
    return { type: 'failed', attempt: state, failure: { code: 'invalid_credential', message: reason } };
  }
  return { type: 'response', attempt: state, response };
}
