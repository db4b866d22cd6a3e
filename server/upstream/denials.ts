/** Errors of an upstream that mean no more than that the person did not go on, or would have to be asked. The last one is Apple's. */
const DENIALS: ReadonlySet<string> = new Set([
  'access_denied',
  'interaction_required',
  'login_required',
  'consent_required',
  'account_selection_required',
  'user_cancelled_authorize',
]);
const PASSING: ReadonlySet<string> = new Set(['temporarily_unavailable', 'server_error']);

/** What an error that an upstream has sent back means. */
export function meaningOf(
  error: string,
): { outcome: 'denied' } | { outcome: 'unavailable' | 'refused'; because: string } {
  if (DENIALS.has(error)) return { outcome: 'denied' };
  return { outcome: PASSING.has(error) ? 'unavailable' : 'refused', because: error };
}
