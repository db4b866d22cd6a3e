import type { FastifyReply } from 'fastify';
import { type Admitted, admitStranger, type Puzzle, puzzleFor, type Stranger } from '#domain/bots/bot-check.ts';
import type { PuzzleAct } from '#domain/bots/puzzle.ts';
import type { CodeWay } from '#domain/codes/code-way.ts';
import { devicesOf } from '#engine/device-cookie.ts';
import { retryAfter } from '#http/retry-after.ts';
import type { Unproven } from '#pages/puzzle.ts';
import { sendPage } from '#pages/write-page.ts';
import { botCheckPage } from './pages/bot-check-page.ts';
import type { Step } from './step.ts';

/** Whether the step may do what costs others something. A form carries the answer to its puzzle as `altcha`. */
export async function admitStep(step: Step, act: PuzzleAct): Promise<Admitted> {
  const { altcha } = (step.request.body ?? {}) as Record<string, unknown>;
  const admitted = await admitStranger(step.context, strangerOf(step, act), altcha);
  if ('retryAfterMs' in admitted) retryAfter(step.reply, admitted.retryAfterMs);
  return admitted;
}

/** The puzzle of a page with such a form; undefined while none is needed. */
export function puzzleOf(step: Step, act: PuzzleAct): Promise<Puzzle | undefined> {
  return puzzleFor(step.context, strangerOf(step, act));
}

/** Asks for the answer before a code is mailed. Nothing that was typed is lost. */
export function sendBotCheck(
  step: Step,
  asked: { email: string; way: CodeWay },
  unproven: Unproven,
): Promise<FastifyReply> {
  return sendPage(step.reply, 429, botCheckPage(step.page, { ...step.form, ...asked, unproven }));
}

/** An interaction belongs to one browser. */
function strangerOf({ boundTo, context, request }: Step, act: PuzzleAct): Stranger {
  return { act, place: boundTo, address: request.ip, devices: devicesOf(context, request) };
}
