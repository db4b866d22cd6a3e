import type { ResponseMessage } from '@signup-with-platform/protocol';
import type { OpenAttempt } from '../open-attempt.ts';
import { answeredAttempt } from './answered-attempt.ts';
import type { Arrival } from './redirect.ts';

/**
 * Makes an attempt with an answer out of what the browser kept while the person was on another page. Like any answer, it is verified again,
 * and dropped if it has expired meanwhile.
 *
 * @param kept the credential and when it arrived, as form-value.ts writes them
 * @param nonce the page's own, if it has one. The backend would refuse a credential with the nonce of another page view
 */
export function attemptOfCredential(
  kept: string,
  { clientId = '', nonce }: { readonly clientId: string | undefined; readonly nonce: string },
  platform: string,
): { attempt: OpenAttempt; arrival: Arrival } | undefined {
  const [credential = '', receivedAt] = kept.split(' ');
  const payload = payloadOf(credential);
  if (!payload || (nonce && nonce !== payload.nonce)) return undefined;
  const id = crypto.randomUUID();
  const attempt = {
    ...answeredAttempt({ id, clientId, platform, nonce: payload.nonce, verifier: undefined, wantsCode: false }),
    silent: true,
    ageMs: receivedAt === undefined ? undefined : Date.now() - Number(receivedAt),
  };
  return { attempt, arrival: { state: id, iss: payload.iss, credential } satisfies Omit<ResponseMessage, 'type'> };
}

function payloadOf(credential: string): { iss: string; nonce: string } | undefined {
  try {
    const payload = credential.split('.')[1] ?? '';
    return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as { iss: string; nonce: string };
  } catch {
    return undefined;
  }
}
