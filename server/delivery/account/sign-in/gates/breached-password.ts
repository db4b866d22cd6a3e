import { isNewPasswordDue } from '#domain/accounts/new-password.ts';
import { isDirectorys } from '#domain/directory/owner.ts';
import { sendBreachedPassword } from '../breached-password-page.ts';
import type { Gate } from './gate.ts';

/** Asks for another password in the place of a breached one. Who came in by other means is not asked, nor who is signed in already. */
export const breachedPasswordGate: Gate = {
  name: 'breached_password',
  opens: async (call, { held: { methods } }, account) =>
    methods.includes('pwd') &&
    call.account?.id !== account.id &&
    !account.deletionDueAt &&
    isNewPasswordDue(account) &&
    !(await isDirectorys(call.context, account)),
  send: (call, attempt, account) => sendBreachedPassword(call, 200, { attempt, account }),
};
