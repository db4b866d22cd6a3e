import { sendNewPassword } from '../new-password-page.ts';
import type { Gate } from './gate.ts';

/** Whoever has forgotten their password may choose another one, or make a passkey. A new account chooses one beside its name. */
export const newPasswordGate: Gate = {
  name: 'new_password',
  opens: async (_call, { held: { forgotPassword, isNew } }, { deletionDueAt }) =>
    forgotPassword === true && isNew !== true && !deletionDueAt,
  send: (call, attempt, account) => sendNewPassword(call, 200, { attempt, account }),
};
