import { createHash, timingSafeEqual } from 'node:crypto';
import type { Session } from '../storage/sessions.ts';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Whether the store made the posted form for this session. Tokens are hashed first, so that they are compared in constant time. */
export function isOwnForm(session: Session | undefined, body: unknown): session is Session {
  const token = (body as { csrf?: unknown } | null | undefined)?.csrf;
  return session !== undefined && typeof token === 'string' && timingSafeEqual(digest(token), digest(session.csrf));
}
