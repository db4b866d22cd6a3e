import type { Gate } from './gate.ts';
import { linkIdentityGate } from './link-identity.ts';
import { passkeyOfferGate } from './passkey-offer.ts';

/** In the order in which a person meets them. */
export const GATES: readonly Gate[] = [linkIdentityGate, passkeyOfferGate];
