import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { changePassword } from '#domain/accounts/change-password.ts';
import { choosePassword } from '#domain/accounts/choose-password.ts';
import { keepPassword } from '#domain/accounts/new-password.ts';
import { forAnyone, type PortalCall } from '#portal/route.ts';
import { backToAttempt, heldAt, pass } from './attempt.ts';
import { sendBreachedPassword } from './breached-password-page.ts';
import { proceedHeld } from './proceed.ts';

const formSchema = z.object({
  password: z.unknown().optional(),
  later: z.literal('yes').optional().catch(undefined),
});

export const breachedPasswordRoutes = [
  forAnyone('POST', '/signing-in/:attempt/breached-password', postBreachedPassword),
];

/** Goes on with another password, or with the old one for now. */
async function postBreachedPassword(call: PortalCall): Promise<FastifyReply> {
  const { context, languages, request, session } = call;
  const at = await heldAt(call, 'breached_password');
  if (!at) return backToAttempt(call);
  const { account } = at;
  const attempt = pass(at.attempt, 'breached_password');
  const { password, later } = formSchema.parse(call.body ?? {});
  if (later) {
    await keepPassword(context, account);
    return proceedHeld(call, attempt, account);
  }
  const chosen = await choosePassword(context, password, account);
  if ('problem' in chosen) return sendBreachedPassword(call, 400, at, chosen.problem);
  // Whoever else knew the old one may be signed in with it.
  const keeping = { keep: session.uid, keepPopup: attempt.id, endOthers: true };
  const sessionsEnded = await changePassword(context, account, chosen.password, {
    ...keeping,
    languages,
    address: request.ip,
  });
  await call.audit('account.password_changed', `account:${account.id}`, { sessionsEnded });
  // Read again, because what a browser is known by depends on the password.
  return proceedHeld(call, attempt, (await context.rows.accounts.find(account.id)) ?? account);
}
