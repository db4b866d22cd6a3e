import type { FastifyReply } from 'fastify';
import { finishDenied, type Step } from './step.ts';

/** POST cancel: the shop hears that the person declined, and nothing else. */
export function postCancel(step: Step): Promise<FastifyReply> {
  return finishDenied(step, 'The person cancelled.');
}
