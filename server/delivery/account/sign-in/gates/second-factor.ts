import { asksForSecondFactor } from '#engine/second-factor.ts';
import { sendSecondFactor } from '../second-factor-page.ts';
import type { Gate } from './gate.ts';

/**
 * Asks whoever has a second factor for it, before anything else of the account is shown or changed. Whoever is signed in already proves more, for
 * something that matters, so that a trusted browser is asked, too; and so is whoever is about to choose a new password.
 */
export const secondFactorGate: Gate = {
  name: 'second_factor',
  opens: ({ context, request, account: open }, { held: { methods, forgotPassword = false } }, account) =>
    asksForSecondFactor(context, request, account, { methods, insists: forgotPassword || open?.id === account.id }),
  send: (call, attempt, account) => sendSecondFactor(call, 200, { attempt, account }),
};
