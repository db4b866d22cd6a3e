interface Session {
  nonces: string[];
  expires: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const MAX_SESSIONS = 50_000;

/** Here they are in memory. With several processes, keep them where all of them read, such as in Redis. */
const kept = globalThis as { nonceSessions?: Map<string, Session> };
kept.nonceSessions ??= new Map();
const sessions = kept.nonceSessions;

/** Makes a nonce for one more view. A browser keeps those of its last ten, because people open a second tab. */
export function addNonce(cookie: string | undefined): { session: string; nonce: string } {
  const before = noncesOf(cookie);
  const session = cookie && before.length > 0 ? cookie : crypto.randomUUID();
  const nonce = crypto.randomUUID();
  // Put last, so that the first is the oldest.
  sessions.delete(session);
  sessions.set(session, { nonces: [...before, nonce].slice(-10), expires: Date.now() + DAY_MS });
  for (const [oldest, { expires }] of sessions) {
    if (sessions.size <= MAX_SESSIONS && expires > Date.now()) break;
    sessions.delete(oldest);
  }
  return { session, nonce };
}

export function noncesOf(cookie = ''): string[] {
  const session = sessions.get(cookie);
  return session && session.expires > Date.now() ? session.nonces : [];
}

/** @returns whether the nonce was there: it works once, also when it is sent twice at the same moment */
export function takeNonce(cookie = '', nonce = ''): boolean {
  const nonces = noncesOf(cookie);
  const index = nonces.indexOf(nonce);
  if (index >= 0) nonces.splice(index, 1);
  return index >= 0;
}
