import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { parseEmail } from '#domain/accounts/credential-schemas.ts';
import type { AskedForCode } from '#domain/codes/ask-for-code.ts';
import { type CodeWay, codeWaySchema } from '#domain/codes/code-way.ts';
import { keepsPasswordsElsewhere } from '#domain/directory/owner.ts';
import { retryAfter } from '#http/retry-after.ts';
import type { CodeProblem } from '#pages/models.ts';
import { sendPage } from '#pages/write-page.ts';
import { emailKey } from '#storage/accounts.ts';
import { admitStep, puzzleOf, sendBotCheck } from '../bot-check.ts';
import { forgetSignIn, heldAt } from '../held-sign-in.ts';
import { addressPage } from '../pages/address-page.ts';
import { codePage } from '../pages/code-page.ts';
import type { AddressModel, SignInModel } from '../pages/models.ts';
import { sendSignIn } from '../send-sign-in.ts';
import type { Step } from '../step.ts';
import { upstreamWays } from '../upstream/ways.ts';
import { askHere } from './ask-here.ts';
import { codeAt } from './code-at.ts';
import { codeModel } from './code-model.ts';
import { heldEmail, holdCode, leaveCode } from './held-code.ts';
import { openAccount } from './open-account.ts';

const MAX_INPUT_LENGTH = 1_000;
const formSchema = z.object({
  email: z.string().max(MAX_INPUT_LENGTH).catch(''),
  way: codeWaySchema.catch('sign_in'),
});

/** GET sign-up: the address, and a code to it. */
export function getSignUp(step: Step): Promise<FastifyReply> {
  return sendAddress(step, 200, { way: 'sign_up' });
}

/** GET forgot-password. */
export function getForgotPassword(step: Step): Promise<FastifyReply> {
  return sendAddress(step, 200, { way: 'forgot' });
}

/** POST code: mails a code to the address that was typed, whoever has it. */
export async function postCode(step: Step): Promise<FastifyReply> {
  const { context, interaction, form, request } = step;
  const { email: typed, way: wanted } = formSchema.parse(request.body);
  const confirming = await toConfirm(step, typed, wanted);
  const way = confirming !== undefined ? 'confirm' : wanted === 'confirm' ? 'sign_in' : wanted;
  const parsed = parseEmail(confirming ?? typed);
  if ('problem' in parsed) return sendAskedFrom(step, 400, way, { email: typed, emailProblem: parsed.problem });
  const { email } = parsed;
  // Whoever confirms the address of their account has shown whose it is.
  const admitted = way === 'confirm' ? undefined : await admitStep(step, way);
  if (admitted && admitted.outcome !== 'admitted') return sendBotCheck(step, { email, way }, admitted);
  const asked = await askHere(step, { email, way });
  switch (asked.outcome) {
    case 'not_mailed':
      return sendAskedFrom(step, 429, way, { email, error: 'code_not_mailed' });
    case 'too_many_attempts':
      retryAfter(step.reply, asked.retryAfterMs);
      return sendAskedFrom(step, 429, way, {
        email,
        error: asked.outcome,
        retryAfterMinutes: Math.ceil(asked.retryAfterMs / 60_000),
      });
    default:
      if (!(await heldAt(context, interaction, 'verified_address')) || way !== 'confirm')
        await forgetSignIn(interaction);
      await holdCode(interaction, { email, way });
      return step.reply.redirect(form.action, 303);
  }
}

/** POST code-again: another one, which ends the one before. */
export async function postCodeAgain(step: Step): Promise<FastifyReply> {
  const at = await codeAt(step.context, step.interaction);
  if (!at) return step.reply.redirect(step.form.action, 303);
  const asked = await askHere(step, at);
  if (asked.outcome === 'asked') return step.reply.redirect(step.form.action, 303);
  if ('retryAfterMs' in asked) retryAfter(step.reply, asked.retryAfterMs);
  return sendCode(step, 429, at, problemOf(asked));
}

/** POST code-not-now: goes on with an address that is not confirmed: the form with a password, because nothing else would lead back. */
export async function postCodeNotNow(step: Step): Promise<FastifyReply> {
  await leaveCode(step.interaction);
  return step.reply.redirect(`${step.form.action}/sign-up/password`, 303);
}

export async function sendCode(
  step: Step,
  status: number,
  at: { email: string; way: CodeWay },
  problem?: CodeProblem,
): Promise<FastifyReply> {
  const model = await codeModel(step.context, step, step.interaction, at, problem);
  return sendPage(step.reply, status, codePage(step.page, model));
}

function problemOf(asked: Exclude<AskedForCode, { outcome: 'asked' }>): CodeProblem {
  return asked.outcome === 'not_mailed'
    ? { kind: 'not_mailed' }
    : { kind: asked.outcome, retryAfterMs: asked.retryAfterMs };
}

/**
 * Whoever is at the question for a confirmed address confirms that one, even from another page; whoever is signed in, where they are asked to.
 * @returns the address as their account has it; what was typed, where it has none
 */
async function toConfirm(step: Step, typed: string, wanted: CodeWay): Promise<string | undefined> {
  const { context, interaction } = step;
  if (wanted === 'confirm' && (await lacksAddress(step))) return typed;
  const held = (await heldAt(context, interaction, 'verified_address'))?.account.email;
  if (held !== undefined && emailKey(held) === emailKey(typed)) return held;
  return wanted === 'confirm' ? (await openAccount(step, typed))?.email : undefined;
}

/** Whether the person is asked for an address because their account has none. */
async function lacksAddress({ context, interaction }: Step): Promise<boolean> {
  const at = await heldAt(context, interaction, 'verified_address');
  return at !== undefined && at.account.email === undefined;
}

type Refused = Pick<SignInModel, 'email' | 'emailProblem' | 'retryAfterMinutes'> & {
  error?: 'code_not_mailed' | 'too_many_attempts';
};

/** The page again from which the code was asked for. */
function sendAskedFrom(step: Step, status: number, way: CodeWay, refused: Refused): Promise<FastifyReply> {
  if (way === 'sign_in') return sendSignIn(step, status, refused);
  const { error, ...rest } = refused;
  return sendAddress(step, status, {
    way,
    ...rest,
    ...(error && { error: error === 'code_not_mailed' ? 'not_mailed' : error }),
  });
}

async function sendAddress(
  step: Step,
  status: number,
  model: Omit<AddressModel, 'action' | 'csrf'>,
): Promise<FastifyReply> {
  const puzzle = model.way === 'confirm' ? undefined : await puzzleOf(step, model.way);
  const email = heldEmail(step.interaction) ?? step.loginHint;
  const passwordElsewhere = keepsPasswordsElsewhere(step.context) ? step.context.config : undefined;
  const asked = model.way === 'confirm' && (await lacksAddress(step)) ? { asksAddress: true as const } : {};
  return sendPage(
    step.reply,
    status,
    addressPage(step.page, {
      ...step.form,
      ...upstreamWays(step.context),
      email,
      ...asked,
      puzzle,
      passwordElsewhere,
      ...model,
    }),
  );
}
