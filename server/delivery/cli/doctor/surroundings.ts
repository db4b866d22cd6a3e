import type { OutboundLimits } from '#outbound/guarded-call.ts';

/** What tests replace. */
export interface Surroundings {
  readonly resolver?: OutboundLimits['resolver'];
  /** Where the public address should redirect to https. Default: 80. */
  readonly httpPort?: number;
}
