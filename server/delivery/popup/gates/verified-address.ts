import { lacksVerifiedEmail } from '#engine/verified-email.ts';
import { askHere } from '../code/ask-here.ts';
import { codeModel } from '../code/code-model.ts';
import { codePage } from '../pages/code-page.ts';
import type { Gate } from './gate.ts';

/**
 * Asks for a code from whoever has signed in with an address that is not confirmed, where the app or the operator wants it confirmed. Whether
 * the mail could be sent, the page says. A test person may have no address at all.
 */
export const verifiedAddressGate: Gate = {
  name: 'verified_address',
  opens: async (step, _held, account) => {
    const { email } = account;
    if (email === undefined || !lacksVerifiedEmail(step.context, step.app, account)) return false;
    await askHere(step, { email, way: 'confirm' });
    return true;
  },
  page: async (context, view, { account: { email = '' }, interaction }) =>
    codePage(view.page, await codeModel(context, view, interaction, { email, way: 'confirm' })),
};
