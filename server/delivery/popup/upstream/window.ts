import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { sendPage } from '#pages/write-page.ts';
import type { Account } from '#storage/accounts.ts';
import type { Upstream } from '#upstream/upstream.ts';
import { type HeldSignIn, heldAccount, heldIn, hold, holdSignIn } from '../held-sign-in.ts';
import { upstreamWindowDonePage } from '../pages/upstream-window-page.ts';
import { proceedHeld } from '../proceed.ts';
import type { Step } from '../step.ts';
import { backWith, UPSTREAM_PROBLEMS, type UpstreamFailure } from './upstream.ts';

const resultSchema = z.object({
  upstreamFailure: z
    .object({ upstream: z.string(), problem: z.enum(UPSTREAM_PROBLEMS) })
    .optional()
    .catch(undefined),
});

/** Somebody who has come from another login, and what that proves. */
export interface Arrival {
  readonly account: Account;
  readonly held: Pick<HeldSignIn, 'methods' | 'there' | 'signedInAt'>;
}

/** The sign-in at which nothing has been asked yet. */
export function heldOf({ account: { id: accountId, signOutCount }, held }: Arrival): HeldSignIn {
  return { ...held, accountId, signOutCount, passed: [] };
}

/**
 * Ends the window in which somebody was at another login beside the popup. What came of it waits in the interaction, for the popup alone to go
 * on with: this window hands nothing to anybody.
 */
export async function endWindow(
  step: Step,
  upstream: Upstream,
  arrival: Arrival | UpstreamFailure,
): Promise<FastifyReply> {
  const { interaction } = step;
  const isSignedIn = typeof arrival !== 'string';
  if (isSignedIn) await holdSignIn(interaction, heldOf(arrival));
  else await hold(interaction, { upstreamFailure: { upstream: upstream.id, problem: arrival } });
  return sendPage(step.reply, 200, upstreamWindowDonePage(step.page, { channel: interaction.uid, isSignedIn }));
}

/** GET upstream-return: the popup goes on with what came of the window beside it; with the interaction's page while nothing has. */
export async function getUpstreamReturn(step: Step): Promise<FastifyReply> {
  const { context, form, interaction, reply } = step;
  const at = await heldAccount(context, interaction);
  if (at && heldIn(interaction)?.gate === undefined) return proceedHeld(step, at.account, at.held);
  const failure = resultSchema.safeParse(interaction.result ?? {}).data?.upstreamFailure;
  const upstream = failure && context.upstreams.find(failure.upstream);
  if (!upstream) return reply.redirect(form.action, 303);
  await hold(interaction, { upstreamFailure: undefined });
  return backWith(step, upstream, failure.problem);
}
