import { nothing } from 'lit';
import { isMailUnsent } from '../domain/accounts/unsent-mail.ts';
import { isolateLeftToRight } from '../pages/text.ts';
import { warning } from './layout.ts';
import type { PersonCall } from './route.ts';

/** After a sign-up whose mail was not sent because of a limit: says so, and what to do. */
export async function unsentNote({ account, context, language: { t } }: PersonCall): Promise<unknown> {
  if (account.email === undefined || !(await isMailUnsent(context, account))) return nothing;
  return warning(t.rich('shared.signUp.unsent', { email: isolateLeftToRight(account.email) }));
}
