import type { ReviewState } from './tables.ts';

/**
 * Whether an environment may be used, and if not, why: its owner has disabled the app, the operator has suspended it, or the operator has
 * not approved the environment (yet).
 */
export type Standing = 'active' | 'disabled' | 'suspended' | Exclude<ReviewState, 'approved'>;

/** The columns that decide. */
export interface StandingRow {
  review: ReviewState | null;
  disabled_at: number | null;
  suspended_at: number | null;
}

/** What the operator has decided comes first, because the owner cannot change it. */
export function standingOf({ disabled_at: disabled, suspended_at: suspended, review }: StandingRow): Standing {
  if (suspended !== null) return 'suspended';
  if (disabled !== null) return 'disabled';
  return review === null || review === 'approved' ? 'active' : review;
}
