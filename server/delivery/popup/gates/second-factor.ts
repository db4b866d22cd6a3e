import { wantsTwoFactors } from '#engine/acr.ts';
import { asksForSecondFactor } from '#engine/second-factor.ts';
import { secondFactorPage } from '../pages/second-factor-page.ts';
import { secondFactorModel } from '../second-factor-model.ts';
import type { Gate } from './gate.ts';

/**
 * Asks whoever has a second factor for it, before anything else of the account is shown or changed. Whoever is about to choose a new password is asked
 * in a trusted browser, too, because a mailed code alone is to change nothing that matters.
 */
export const secondFactorGate: Gate = {
  name: 'second_factor',
  opens: ({ context, request, interaction }, { methods, forgotPassword = false }, account) =>
    asksForSecondFactor(context, request, account, {
      methods,
      insists: forgotPassword || wantsTwoFactors(interaction.params),
    }),
  page: async (context, view, { account }) =>
    secondFactorPage(view.page, await secondFactorModel(context, view, account)),
};
