import type { Gate } from './gate.ts';
import { newPasswordGate } from './new-password.ts';
import { passkeyOfferGate } from './passkey-offer.ts';

/** In the order in which a person meets them. */
export const GATES: readonly Gate[] = [newPasswordGate, passkeyOfferGate];
