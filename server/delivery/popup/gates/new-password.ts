import { newPasswordModel } from '../new-password-model.ts';
import { newPasswordPage } from '../pages/new-password-page.ts';
import type { Gate } from './gate.ts';

/** Whoever has forgotten their password may choose another one, or make a passkey. A new account chooses one beside its name. */
export const newPasswordGate: Gate = {
  name: 'new_password',
  opens: async (_step, { forgotPassword, isNew }, { persona }) =>
    forgotPassword === true && isNew !== true && persona === undefined,
  page: async (context, view, { account }) =>
    newPasswordPage(view.page, await newPasswordModel(context, view, account)),
};
