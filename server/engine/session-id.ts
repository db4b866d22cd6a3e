import { hash } from 'node:crypto';

/**
 * A session as one client knows it: the claim `sid`. It follows from the session, so that nothing has to be stored to know it again. Two
 * clients cannot compare notes by it, because the session's own identifier is random and is not told to anybody.
 */
export function sessionIdFor(sessionUid: string, clientId: string): string {
  return hash('sha256', `sid\n${sessionUid}\n${clientId}`, 'base64url');
}
