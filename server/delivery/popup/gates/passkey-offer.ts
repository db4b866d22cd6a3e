import { hasSecondFactor } from '#domain/second-factor/second-factor.ts';
import { passkeyOfferPage } from '../pages/passkey-offer-page.ts';
import { passkeyOfferModel } from '../passkey-offer-model.ts';
import type { Gate } from './gate.ts';

/** An account sees the offer at most once in this time. */
const INTERVAL_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Offers a passkey on a device that could make one, unless the account has one or was asked recently. A passkey is both factors, so that of whoever has
 * a second one, it takes that: not in a trusted browser by a password alone.
 */
export const passkeyOfferGate: Gate = {
  name: 'passkey_offer',
  opens: async ({ context }, { canMakePasskey, passed }, account) =>
    canMakePasskey === true &&
    (passed.includes('second_factor') || !(await hasSecondFactor(context, account))) &&
    (await context.rows.passkeys.offer(account.id, new Date(Date.now() - INTERVAL_MS))),
  page: async (context, view, { account }) =>
    passkeyOfferPage(view.page, await passkeyOfferModel(context, view, account)),
};
