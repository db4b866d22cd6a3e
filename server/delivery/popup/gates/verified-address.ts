import { lacksVerifiedEmail } from '#engine/verified-email.ts';
import { askHere } from '../code/ask-here.ts';
import { codeModel } from '../code/code-model.ts';
import { heldCode } from '../code/held-code.ts';
import { addressPage } from '../pages/address-page.ts';
import { codePage } from '../pages/code-page.ts';
import type { Gate } from './gate.ts';

/**
 * Asks for a code from whoever has signed in with an address that is not confirmed, where the app or the operator wants it confirmed. Whether
 * the mail could be sent, the page says. Whoever has no address, because another login has told none, is asked for one first.
 */
export const verifiedAddressGate: Gate = {
  name: 'verified_address',
  opens: async (step, _held, account) => {
    const { email } = account;
    if (!lacksVerifiedEmail(step.context, step.app, account)) return false;
    if (email !== undefined) await askHere(step, { email, way: 'confirm' });
    return true;
  },
  page: async (context, view, { account: { email }, interaction }) => {
    const at = email === undefined ? heldCode(interaction) : ({ email, way: 'confirm' } as const);
    return at
      ? codePage(view.page, await codeModel(context, view, interaction, at))
      : addressPage(view.page, { ...view.form, way: 'confirm', asksAddress: true });
  },
};
