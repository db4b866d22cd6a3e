import { isNewPasswordDue } from '#domain/accounts/new-password.ts';
import { newPasswordModel } from '../new-password-model.ts';
import { newPasswordPage } from '../pages/new-password-page.ts';
import type { Gate } from './gate.ts';

/** Asks for another password in the place of a breached one. Who came in by other means is not asked. */
export const newPasswordGate: Gate = {
  name: 'new_password',
  opens: async (_step, { methods }, account) => methods.includes('pwd') && isNewPasswordDue(account),
  page: async (_context, { page, form }, { account }) => newPasswordPage(page, newPasswordModel(form, account)),
};
