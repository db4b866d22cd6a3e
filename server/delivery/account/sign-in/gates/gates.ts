import { breachedPasswordGate } from './breached-password.ts';
import type { Gate } from './gate.ts';
import { nameGate } from './name.ts';
import { newPasswordGate } from './new-password.ts';
import { secondFactorGate } from './second-factor.ts';
import { verifiedAddressGate } from './verified-address.ts';

/** In the order in which a person meets them, which is that of the popup. */
export const GATES: readonly Gate[] = [
  secondFactorGate,
  breachedPasswordGate,
  newPasswordGate,
  verifiedAddressGate,
  nameGate,
];
