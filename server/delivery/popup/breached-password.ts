import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { changePassword } from '../../domain/accounts/change-password.ts';
import { choosePassword } from '../../domain/accounts/choose-password.ts';
import { keepPassword } from '../../domain/accounts/new-password.ts';
import { sendPage } from '../../pages/write-page.ts';
import { auditStep } from './audit.ts';
import { breachedPasswordModel } from './breached-password-model.ts';
import { heldAt, pass } from './held-sign-in.ts';
import { breachedPasswordPage } from './pages/breached-password-page.ts';
import { proceedHeld } from './proceed.ts';
import { type Step, sessionOf } from './step.ts';

const formSchema = z.object({
  password: z.unknown().optional(),
  later: z.literal('yes').optional().catch(undefined),
});

/** POST breached-password: goes on with another password, or with the old one for now. Who is not at this gate is shown where they are. */
export async function postBreachedPassword(step: Step): Promise<FastifyReply> {
  const { context, interaction, form, page, request } = step;
  const at = await heldAt(context, interaction, 'breached_password');
  if (!at) return step.reply.redirect(form.action, 303);
  const { account } = at;
  const held = pass(at.held, 'breached_password');
  const { password, later } = formSchema.parse(request.body);
  if (later) {
    await keepPassword(context, account);
    return proceedHeld(step, account, held);
  }

  const chosen = await choosePassword(context, password, account);
  if ('problem' in chosen) {
    const model = { ...breachedPasswordModel(form, account), problem: chosen.problem };
    return sendPage(step.reply, 400, breachedPasswordPage(page, model));
  }
  // Whoever else knew the old one may be signed in with it.
  const { uid } = await sessionOf(step);
  const keeping = { keep: uid, keepPopup: interaction.uid, endOthers: true };
  const how = { ...keeping, languages: page.languages, address: request.ip };
  const sessionsEnded = await changePassword(context, account, chosen.password, how);
  const subject = `account:${account.id}`;
  await auditStep(step, 'account.password_changed', subject, { subject, detail: { sessionsEnded } });
  // Read again, because what a browser is known by depends on the password.
  return proceedHeld(step, (await context.rows.accounts.find(account.id)) ?? account, held);
}
