import { createHmac, randomBytes } from 'node:crypto';
import type { UpstreamPerson } from '../../upstream/person.ts';
import type { AttemptSecrets, Upstream, UpstreamWishes } from '../../upstream/upstream.ts';
import type { DomainContext } from '../context.ts';

/** How long somebody may be at another login. */
const LIFETIME_MS = 10 * 60 * 1000;
const STATE_BYTES = 32;
/** RFC 9700 and Apple's form have less; nobody needs more. */
const MAX_PARAMETER_LENGTH = 4096;

type AttemptContext = Pick<DomainContext, 'codeKey' | 'realm' | 'rows'>;

/**
 * Sends somebody to another login. What comes back is bound to the browser, to what it is for, and to this upstream; it counts once.
 * @param place what it is for, such as an interaction: one attempt at a time
 * @returns where the person signs in
 * @throws when the upstream cannot be reached
 */
export async function beginAttempt(
  context: AttemptContext,
  upstream: Upstream,
  { place, browserHash, ...wishes }: UpstreamWishes & { place: string; browserHash: string },
): Promise<URL> {
  const state = randomBytes(STATE_BYTES).toString('base64url');
  const url = await upstream.signInUrl(secretsOf(context, state), wishes);
  await context.rows.upstreamAttempts.begin({ place, state, upstream: upstream.id, browserHash }, LIFETIME_MS);
  return url;
}

/** What an attempt is for, before it ends. */
export function placeOfAttempt(
  { rows }: Pick<AttemptContext, 'rows'>,
  upstream: Upstream,
  { query, browserHash }: { query: URLSearchParams; browserHash: string },
): Promise<string | undefined> {
  return rows.upstreamAttempts.placeOf({ state: query.get('state') ?? '', upstream: upstream.id, browserHash });
}

/** How an attempt ended. `because` is for the operator's log. */
export type FinishedAttempt =
  | { outcome: 'person'; place: string; person: UpstreamPerson }
  | { outcome: 'denied' | 'expired'; place: string }
  | { outcome: 'unavailable' | 'refused'; place: string; because: string }
  /** Of another browser, another upstream, or answered before: nobody knows what it was for. */
  | { outcome: 'unknown' };

/**
 * Looks at what came back. Without the browser's own attempt nothing of it is used, so that an address which an attacker has got for
 * themselves signs nobody else in (login CSRF, RFC 6749 section 10.12).
 */
export async function finishAttempt(
  context: AttemptContext,
  upstream: Upstream,
  { query, browserHash }: { query: URLSearchParams; browserHash: string },
): Promise<FinishedAttempt> {
  const state = query.get('state') ?? '';
  if (state.length > MAX_PARAMETER_LENGTH) return { outcome: 'unknown' };
  const attempt = await context.rows.upstreamAttempts.take({ state, upstream: upstream.id, browserHash });
  if (!attempt) return { outcome: 'unknown' };
  const { place, expired, posted } = attempt;
  if (expired) return { outcome: 'expired', place };
  return { ...(await upstream.answer(query, secretsOf(context, state), posted)), place };
}

/** Everything that checks an answer is made of `state`, which only the browser has, under a key which only the platform has. */
function secretsOf({ codeKey, realm }: AttemptContext, state: string): AttemptSecrets {
  const secret = (what: string) =>
    createHmac('sha256', codeKey)
      .update(JSON.stringify(['upstream', what, realm, state]))
      .digest('base64url');
  return { state, nonce: secret('nonce'), codeVerifier: secret('code-verifier') };
}
