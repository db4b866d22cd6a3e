import { isDirectorys } from '#domain/directory/owner.ts';
import { newPasswordModel } from '../new-password-model.ts';
import { newPasswordPage } from '../pages/new-password-page.ts';
import type { Gate } from './gate.ts';

/** Whoever has forgotten their password may choose another one, or make a passkey. A new account chooses one beside its name. */
export const newPasswordGate: Gate = {
  name: 'new_password',
  opens: async ({ context }, { forgotPassword, isNew }, account) =>
    forgotPassword === true &&
    isNew !== true &&
    account.persona === undefined &&
    !(await isDirectorys(context, account)),
  page: async (context, view, { account }) =>
    newPasswordPage(view.page, await newPasswordModel(context, view, account)),
};
