import { passkeyOfferPage } from '../pages/passkey-offer-page.ts';
import { passkeyOfferModel } from '../passkey-offer-model.ts';
import type { Gate } from './gate.ts';

/** An account sees the offer at most once in this time. */
const INTERVAL_MS = 30 * 24 * 60 * 60 * 1000;

/** Offers a passkey on a device that could make one, unless the account has one or was asked recently. */
export const passkeyOfferGate: Gate = {
  name: 'passkey_offer',
  opens: async ({ context }, { canMakePasskey }, { id }) =>
    canMakePasskey === true && (await context.rows.passkeys.offer(id, new Date(Date.now() - INTERVAL_MS))),
  page: async (context, view, { account }) =>
    passkeyOfferPage(view.page, await passkeyOfferModel(context, view, account)),
};
