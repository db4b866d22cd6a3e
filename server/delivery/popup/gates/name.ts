import { yourNamePage } from '../pages/your-name-page.ts';
import { yourNameModel } from '../your-name-model.ts';
import type { Gate } from './gate.ts';

/** A new account has an address and nothing else: its person may say their name, and choose a password. */
export const nameGate: Gate = {
  name: 'name',
  opens: async (_step, { isNew }) => isNew === true,
  page: async (_context, view, { account }) => yourNamePage(view.page, yourNameModel(view, account)),
};
