import { isDirectorys } from '#domain/directory/owner.ts';
import { sendNewPassword } from '../new-password-page.ts';
import type { Gate } from './gate.ts';

/** Whoever has forgotten their password may choose another one, or make a passkey. A new account chooses one beside its name. */
export const newPasswordGate: Gate = {
  name: 'new_password',
  opens: async ({ context }, { held: { forgotPassword, isNew } }, account) =>
    forgotPassword === true && isNew !== true && !account.deletionDueAt && !(await isDirectorys(context, account)),
  send: (call, attempt, account) => sendNewPassword(call, 200, { attempt, account }),
};
