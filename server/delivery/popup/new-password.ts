import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { NewPasswordModel } from '#pages/models.ts';
import { choosePassword } from '../../domain/accounts/choose-password.ts';
import { hashAccountPassword } from '../../domain/accounts/find-by-password.ts';
import { chooseNewPassword } from '../../domain/accounts/reset-password.ts';
import { MAX_RESPONSE_LENGTH } from '../../domain/passkeys/response.ts';
import { networkAsPayer } from '../../domain/throttle/guesses.ts';
import { retryAfter } from '../../http/retry-after.ts';
import { OverloadedError } from '../../load/overloaded-error.ts';
import { sendPage } from '../../pages/write-page.ts';
import type { Account } from '../../storage/accounts.ts';
import { auditStep } from './audit.ts';
import { disown, heldAt, pass } from './held-sign-in.ts';
import { makePasskey } from './make-passkey.ts';
import { newPasswordModel } from './new-password-model.ts';
import { newPasswordPage } from './pages/new-password-page.ts';
import { proceedHeld } from './proceed.ts';
import { endSession, type Step } from './step.ts';

const MAX_INPUT_LENGTH = 1_000;
const formSchema = z.object({
  password: z.string().max(MAX_INPUT_LENGTH).catch(''),
  response: z.string().max(MAX_RESPONSE_LENGTH).catch(''),
});

/** POST new-password: another password, a passkey, or neither. */
export async function postNewPassword(step: Step): Promise<FastifyReply> {
  const { context, interaction, form, request } = step;
  const at = await heldAt(context, interaction, 'new_password');
  if (!at) return step.reply.redirect(form.action, 303);
  const held = pass(at.held, 'new_password');
  const { password, response } = formSchema.parse(request.body);
  if (response !== '') {
    if (!(await makePasskey(step, at.account, response))) return send(step, at.account, 400, { refused: true });
    // Whoever has just made one is not offered one.
    return proceedHeld(step, at.account, pass(held, 'passkey_offer'));
  }
  if (password === '') return proceedHeld(step, at.account, held);
  const chosen = await choosePassword(context, password, at.account);
  if ('problem' in chosen) return send(step, at.account, 400, { problem: chosen.problem });
  try {
    return await proceedHeld(step, await choose(step, at.account, chosen.password), held);
  } catch (error) {
    if (!(error instanceof OverloadedError)) throw error;
    retryAfter(step.reply, error.retryAfterSeconds * 1000);
    return send(step, at.account, 503, { error: 'busy' });
  }
}

async function choose(step: Step, account: Account, password: string): Promise<Account> {
  const { context, page, request } = step;
  const { email = '' } = account;
  const passwordHash = await hashAccountPassword(context, email, password, networkAsPayer(request.ip));
  // Everything ends that is signed in as the account, or about to be. This popup is to go on.
  await endSession(step);
  await disown(step.interaction);
  const changed = await chooseNewPassword(context, account, passwordHash, page.languages);
  const subject = `account:${account.id}`;
  await auditStep(step, 'account.password_reset', subject, { subject });
  return changed;
}

async function send(
  step: Step,
  account: Account,
  status: number,
  attempt: Partial<NewPasswordModel>,
): Promise<FastifyReply> {
  const model = await newPasswordModel(step.context, step, account);
  return sendPage(step.reply, status, newPasswordPage(step.page, { ...model, ...attempt }));
}
