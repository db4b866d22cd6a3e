import type { OutboundResult } from '../outbound/guarded-call.ts';

/** What the directory says about somebody. */
export type DirectoryAnswer =
  /** `row`: a person in the form of an import. It has still to be read. */
  | { outcome: 'person'; row: unknown }
  | { outcome: 'wrong_password' }
  | { outcome: 'unknown' }
  /** Whatever else has happened. It says nothing about the person or the password. */
  | { outcome: 'down'; reason: DirectoryFailure };

export type DirectoryFailure =
  /** Nobody answered in time. */
  | 'unreachable'
  | 'certificate'
  | 'timeout'
  | 'broken'
  /** Its own error, or that of what is in front of it. */
  | 'status'
  /** An answer that is none of the contract's. */
  | 'garbage'
  /** The breaker is open. */
  | 'not_asked';

/** Statuses by which a server, or the proxy before it, says that it cannot answer at the moment. */
const BUSY = new Set([429, 502, 503, 504]);

/** Reads an answer. One that is HTML is from something in front of the directory, whatever its status. */
export function answerOf(result: OutboundResult): DirectoryAnswer {
  if (result.outcome !== 'answered') return { outcome: 'down', reason: failureOf(result) };
  const { status, headers, body, isCut } = result;
  if (/^\s*text\/html\b/i.test(headers['content-type']?.[0] ?? '')) return { outcome: 'down', reason: 'garbage' };
  if (status === 401) return { outcome: 'wrong_password' };
  if (status === 404) return { outcome: 'unknown' };
  if (status !== 200) return { outcome: 'down', reason: 'status' };
  const row = isCut ? undefined : parse(body.toString());
  return row === undefined ? { outcome: 'down', reason: 'garbage' } : { outcome: 'person', row };
}

/**
 * Whether the directory could not answer at all. One that answers something wrong is not out of reach: a stranger may have found out what makes it fail, and
 * must not keep everybody else from it by that.
 */
export function isOutOfReach(result: OutboundResult): boolean {
  return result.outcome !== 'answered' || BUSY.has(result.status);
}

function failureOf(result: Exclude<OutboundResult, { outcome: 'answered' }>): DirectoryFailure {
  if (result.outcome === 'failed') return result.reason === 'coding' ? 'garbage' : result.reason;
  return result.outcome === 'refused' ? 'unreachable' : result.outcome;
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
