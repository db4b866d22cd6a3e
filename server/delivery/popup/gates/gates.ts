import { breachedPasswordGate } from './breached-password.ts';
import type { Gate } from './gate.ts';
import { passkeyOfferGate } from './passkey-offer.ts';

/** In the order in which a person meets them. */
export const GATES: readonly Gate[] = [breachedPasswordGate, passkeyOfferGate];
