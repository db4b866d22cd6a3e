import { createHash, timingSafeEqual } from 'node:crypto';
import type { Session } from '../storage/sessions.ts';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Whether a posted form was made by us for this session. Hashed first, so that lengths may differ and time tells nothing. */
export function isOwnForm(session: Session | undefined, body: unknown): session is Session {
  const token = (body as { csrf?: unknown } | null | undefined)?.csrf;
  return session !== undefined && typeof token === 'string' && timingSafeEqual(digest(token), digest(session.csrf));
}
