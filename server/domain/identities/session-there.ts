import { z } from 'zod';
import { hashSecret } from '../../storage/ids.ts';
import type { SessionThere } from '../../storage/sessions.ts';
import type { EndedThere } from '../../upstream/logout-token.ts';
import type { UpstreamPerson } from '../../upstream/person.ts';
import type { Upstream } from '../../upstream/upstream.ts';
import type { DomainContext } from '../context.ts';

/** By which session at another login somebody signs in: it is kept with the sign-in, and then with the session here. */
export const sessionThereSchema = z.object({
  upstream: z.string(),
  subjectHash: z.string(),
  sessionHash: z.string().optional(),
  /** When the login said so, in milliseconds since 1970. */
  saidAt: z.number(),
});
export type SignInThere = z.infer<typeof sessionThereSchema>;

/** Longer than a sign-in here may be under way after the other login has said who it is. */
const REMEMBERED_MS = 60 * 60 * 1000;

/** Of one issuer, because others may use the same names. */
const hashOf = (what: 'sub' | 'sid', issuer: string, name: string) => hashSecret(JSON.stringify([what, issuer, name]));

function signInThere({ id }: Pick<Upstream, 'id'>, person: UpstreamPerson): SignInThere {
  const { issuer, subject, sessionId } = person;
  return {
    upstream: id,
    subjectHash: hashOf('sub', issuer, subject),
    ...(sessionId !== undefined && { sessionHash: hashOf('sid', issuer, sessionId) }),
    saidAt: Date.now(),
  };
}

/** What is kept of a sign-in there until it is one here, and when the person proved it, in seconds since 1970 where the login says so. */
export function comeFrom(
  upstream: Pick<Upstream, 'id'>,
  person: UpstreamPerson,
): { there: SignInThere; signedInAt?: number } {
  const { authenticatedAt } = person;
  const nowSeconds = Math.floor(Date.now() / 1000);
  return {
    there: signInThere(upstream, person),
    ...(authenticatedAt !== undefined && { signedInAt: Math.min(authenticatedAt, nowSeconds) }),
  };
}

/** Whether the session there ended after it was said, while the person was at one of our pages. */
export function endedSince(
  { rows }: Pick<DomainContext, 'rows'>,
  { subjectHash, sessionHash, saidAt }: SignInThere,
): Promise<boolean> {
  return rows.upstreamLogouts.anySince([subjectHash, ...(sessionHash ? [sessionHash] : [])], new Date(saidAt));
}

/**
 * Ends what began here by what has ended there: one session or, where the token names none in particular, all of a subject's. To be called in a
 * transaction, so that a token which was not obeyed can come again.
 * @returns the accounts whose sessions ended, each as often as it had one; undefined when the token was used before
 */
export async function endHere(
  { rows }: Pick<DomainContext, 'rows'>,
  { issuer, subject, sessionId, tokenId }: EndedThere,
): Promise<string[] | undefined> {
  if (!(await rows.upstreamLogouts.isFirst(JSON.stringify(['jti', issuer, tokenId]), REMEMBERED_MS))) return undefined;
  const ended: Partial<SessionThere> = {
    ...(subject !== undefined && { subjectHash: hashOf('sub', issuer, subject) }),
    ...(sessionId !== undefined && { sessionHash: hashOf('sid', issuer, sessionId) }),
  };
  // For the sign-ins that are under way, and not found below.
  const key = ended.sessionHash ?? ended.subjectHash;
  if (key !== undefined) await rows.upstreamLogouts.note(key, REMEMBERED_MS);
  return (await rows.sessions.endByUpstream(ended)).map(({ accountId }) => accountId);
}
