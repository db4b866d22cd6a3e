import { requiresVerifiedEmail } from '#engine/verified-email.ts';
import { askHere } from '../ask-here.ts';
import { sendCode } from '../code-page.ts';
import type { Gate } from './gate.ts';

/**
 * Asks for a code from whoever has signed in with an address that is not confirmed, where the operator wants it confirmed. Not in the
 * sandbox, where no mail would bring it, and no app shows it on these pages; nor of who wants to be forgotten.
 */
export const verifiedAddressGate: Gate = {
  name: 'verified_address',
  opens: async (call, attempt, { id, email, emailVerified, deletionDueAt }) => {
    if (email === undefined || emailVerified || deletionDueAt || call.account?.id === id) return false;
    if (call.context.realm !== 'production' || !requiresVerifiedEmail(call.context, NO_APP)) return false;
    await askHere(call, attempt, { email, way: 'confirm' });
    return true;
  },
  send: (call, attempt, { email = '' }) => sendCode(call, 200, attempt, { email, way: 'confirm' }),
};

/** The account pages belong to no app, so that none of its wishes count. */
const NO_APP = { requireVerifiedEmail: false };
