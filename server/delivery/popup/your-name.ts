import type { FastifyReply } from 'fastify';
import { checkFirstDetails, saveFirstDetails } from '../../domain/accounts/first-details.ts';
import { retryAfter } from '../../http/retry-after.ts';
import { OverloadedError } from '../../load/overloaded-error.ts';
import type { YourNameModel } from '../../pages/models.ts';
import { sendPage } from '../../pages/write-page.ts';
import { heldAt, pass } from './held-sign-in.ts';
import { yourNamePage } from './pages/your-name-page.ts';
import { proceedHeld } from './proceed.ts';
import type { Step } from './step.ts';
import { yourNameModel } from './your-name-model.ts';

/** POST name: what a new account has besides its address. All of it may be left out. */
export async function postName(step: Step): Promise<FastifyReply> {
  const { context, interaction, form, request } = step;
  const at = await heldAt(context, interaction, 'name');
  if (!at) return step.reply.redirect(form.action, 303);
  const checked = await checkFirstDetails(context, at.account, request.body);
  const { values } = checked;
  const send = (status: number, model: Partial<YourNameModel>) =>
    sendPage(step.reply, status, yourNamePage(step.page, { ...yourNameModel(step, at.account), values, ...model }));
  if ('errors' in checked) return send(400, { errors: checked.errors });
  try {
    const account = await saveFirstDetails(context, at.account, checked.details, request.ip);
    return await proceedHeld(step, account, pass(at.held, 'name'));
  } catch (error) {
    if (!(error instanceof OverloadedError)) throw error;
    retryAfter(step.reply, error.retryAfterSeconds * 1000);
    return send(503, { error: 'busy' });
  }
}
