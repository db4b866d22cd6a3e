import type { OpenAttempt } from '../open-attempt.ts';

type Known = Pick<OpenAttempt, 'id' | 'clientId' | 'platform' | 'nonce' | 'verifier' | 'wantsCode'>;

/** An attempt whose answer is there already, so that no window is open for it, and no message is awaited. */
export function answeredAttempt(known: Known & Partial<OpenAttempt>): OpenAttempt {
  return {
    url: '',
    redirectUri: undefined,
    popup: null,
    abort: new AbortController(),
    early: [],
    onMessage: () => {},
    ...known,
  };
}
