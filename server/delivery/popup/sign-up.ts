import type { FastifyReply } from 'fastify';
import { mailNewAccount } from '../../domain/accounts/confirm-email.ts';
import { checkSignUp, signUp } from '../../domain/accounts/sign-up.ts';
import { findInDirectory } from '../../domain/directory/find-by-password.ts';
import { retryAfter } from '../../http/retry-after.ts';
import type { SignUpModel } from '../../pages/models.ts';
import { typedSignUp } from '../../pages/sign-up-fields.ts';
import { sendPage } from '../../pages/write-page.ts';
import { auditStep } from './audit.ts';
import { admitStep, puzzleOf } from './bot-check.ts';
import { signUpModel } from './interaction-page.ts';
import { signUpPage } from './pages/sign-up-page.ts';
import { proceed } from './proceed.ts';
import { sendSignIn } from './send-sign-in.ts';
import { type Step, sandboxAppOf } from './step.ts';

/** GET sign-up/password: the form for who wants a password and no code. */
export async function getSignUpPassword(step: Step): Promise<FastifyReply> {
  return sendSignUp(step, 200, {});
}

/** POST sign-up: makes the account, mails its address, and goes straight on. */
export async function postSignUp(step: Step): Promise<FastifyReply> {
  const { context, page, request } = step;
  const parsed = await checkSignUp(context, request.body);
  const values = typedSignUp(request.body);
  if ('errors' in parsed) return sendSignUp(step, 400, { values, errors: parsed.errors });
  const admitted = await admitStep(step, 'sign_up');
  if (admitted.outcome !== 'admitted') return sendSignUp(step, 429, { values, errors: {}, unproven: admitted });

  const [locale] = page.languages;
  const from = { address: request.ip, ...(locale && { locale }), appId: sandboxAppOf(step) };
  const result = await signUp(context, parsed.form, from, findInDirectory);
  if (result.outcome === 'too_many_attempts') {
    retryAfter(step.reply, result.retryAfterMs);
    const retryAfterMinutes = Math.ceil(result.retryAfterMs / 60_000);
    return sendSignUp(step, 429, { values, errors: {}, error: 'too_many_attempts', retryAfterMinutes });
  }
  if (result.outcome === 'busy') {
    retryAfter(step.reply, result.retryAfterMs);
    return sendSignUp(step, 503, { values, errors: {}, error: 'busy' });
  }
  if (!('account' in result))
    return sendSignIn(step, result.outcome === 'directory_down' ? 503 : 400, {
      email: parsed.form.email,
      error: result.outcome,
    });
  if (result.outcome === 'signed-up') {
    await auditStep(step, 'account.created', 'anyone', { subject: `account:${result.account.id}` });
    const mail = {
      account: result.account,
      email: parsed.form.email,
      languages: page.languages,
      addressKnown: result.addressKnown,
      mayMail: result.mayMail,
    };
    await mailNewAccount(context, mail);
  }
  // Whoever signs up with the password that they have already signs in, and only they are told.
  if (result.account.deletionDueAt)
    return sendSignIn(step, 400, { email: parsed.form.email, error: 'account_leaving' });
  return proceed(step, result.account, 'pwd');
}

async function sendSignUp(step: Step, status: number, model: Partial<SignUpModel>): Promise<FastifyReply> {
  const empty = signUpModel(step.context, step, step.interaction);
  const puzzle = model.unproven?.puzzle ?? (await puzzleOf(step, 'sign_up'));
  return sendPage(step.reply, status, signUpPage(step.page, { ...empty, puzzle, ...model }));
}
