import { sendYourName } from '../your-name-page.ts';
import type { Gate } from './gate.ts';

/** A new account has an address and nothing else: its person may say their name, and choose a password. */
export const nameGate: Gate = {
  name: 'name',
  opens: async (_call, { held: { isNew } }) => isNew === true,
  send: (call, attempt, account) => sendYourName(call, 200, { attempt, account }),
};
