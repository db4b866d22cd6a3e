import { breachedPasswordGate } from './breached-password.ts';
import type { Gate } from './gate.ts';
import { linkIdentityGate } from './link-identity.ts';
import { nameGate } from './name.ts';
import { newPasswordGate } from './new-password.ts';
import { passkeyOfferGate } from './passkey-offer.ts';
import { secondFactorGate } from './second-factor.ts';
import { verifiedAddressGate } from './verified-address.ts';

/** In the order in which a person meets them. */
export const GATES: readonly Gate[] = [
  secondFactorGate,
  linkIdentityGate,
  breachedPasswordGate,
  newPasswordGate,
  verifiedAddressGate,
  nameGate,
  passkeyOfferGate,
];
