import { isNewPasswordDue } from '#domain/accounts/new-password.ts';
import { isDirectorys } from '#domain/directory/owner.ts';
import { breachedPasswordModel } from '../breached-password-model.ts';
import { breachedPasswordPage } from '../pages/breached-password-page.ts';
import type { Gate } from './gate.ts';

/** Asks for another password in the place of a breached one. Who came in by other means is not asked. */
export const breachedPasswordGate: Gate = {
  name: 'breached_password',
  opens: async ({ context }, { methods }, account) =>
    methods.includes('pwd') && isNewPasswordDue(account) && !(await isDirectorys(context, account)),
  page: async (_context, { page, form }, { account }) =>
    breachedPasswordPage(page, breachedPasswordModel(form, account)),
};
