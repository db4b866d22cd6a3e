import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { traceOf } from '#engine/attempts.ts';
import { sendPage } from '#pages/write-page.ts';
import type { Upstream } from '#upstream/upstream.ts';
import { auditStep } from '../audit.ts';
import { forgetSignIn } from '../held-sign-in.ts';
import type { UpstreamProblem } from '../pages/models.ts';
import { PopupError } from '../popup-error.ts';
import { showSignIn } from '../send-sign-in.ts';
import type { Step } from '../step.ts';
import { heldIdentity } from './held-identity.ts';
import { leaveFor } from './leave.ts';

export const UPSTREAM_PROBLEMS = [
  'denied',
  'expired',
  'unavailable',
  'refused',
  'address_known',
  'account_blocked',
  'account_leaving',
] as const;
/** Why somebody is not signed in after they were at another login, or could not go there. */
export type UpstreamFailure = (typeof UPSTREAM_PROBLEMS)[number];

const formSchema = z.object({ upstream: z.string().max(64).catch('') });
const querySchema = z.object({ upstream: z.string().max(64), problem: z.enum(UPSTREAM_PROBLEMS) });

/** POST upstream: goes to another login. */
export async function postUpstream(step: Step): Promise<FastifyReply> {
  const upstream = step.context.upstreams.find(formSchema.parse(step.request.body).upstream);
  if (!upstream) throw new PopupError('not_found');
  await forgetSignIn(step.interaction);
  const page = await leaveFor(step.context, upstream, step.interaction, step);
  return page ? sendPage(step.reply, 200, page) : backWith(step, upstream, 'unavailable');
}

/** Back to the window's first page, which says what the matter is. A redirect, so that the answer of another login is in no history. */
export async function backWith(step: Step, upstream: Upstream, problem: UpstreamFailure): Promise<FastifyReply> {
  const { app, context, form, reply, request } = step;
  if (problem !== 'address_known') {
    const reason = problem.startsWith('account_') ? 'account_unavailable' : `upstream_${problem}`;
    context.events.record(app.clientId, { kind: 'popup.sign_in_failed', ...traceOf(request), detail: { reason } });
    await auditStep(step, 'session.refused', 'anyone', { detail: { reason, upstream: upstream.id } });
  }
  const query = new URLSearchParams({ upstream: upstream.id, problem });
  return reply.redirect(`${form.action}/upstream?${query}`, 303);
}

/** GET upstream: how it went at another login, and the ways to sign in. It was noted before, so that a reload notes nothing again. */
export async function getUpstream(step: Step): Promise<FastifyReply> {
  const query = querySchema.safeParse(step.request.query);
  const upstream = query.success && step.context.upstreams.find(query.data.upstream);
  if (!query.success || !upstream) return step.reply.redirect(step.form.action, 303);
  const { problem } = query.data;
  if (problem === 'account_blocked' || problem === 'account_leaving') return showSignIn(step, 400, { error: problem });
  return showSignIn(step, problem === 'unavailable' ? 503 : 400, upstreamProblem(step, upstream, problem));
}

function upstreamProblem(step: Step, { settings: { name } }: Upstream, kind: UpstreamProblem['kind']) {
  const email = kind === 'address_known' ? heldIdentity(step.interaction)?.person.email : undefined;
  return { upstreamProblem: { kind, name, email }, ...(email !== undefined && { email }) };
}
