import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendPage } from '../http/send-page.ts';
import { type Mistake, mistakePage } from '../pages/mistake.ts';
import type { StoreContext } from '../store-context.ts';

const STATUS: Record<Mistake, number> = { not_found: 404, bad_request: 400, foreign_form: 403, server_error: 500 };

/** Changes no cookie, so that another site cannot sign anybody out by posting nonsense here. */
export function showMistake(
  store: StoreContext,
  request: FastifyRequest,
  reply: FastifyReply,
  mistake: Mistake,
  status: number = STATUS[mistake],
): Promise<FastifyReply> {
  // The page about a failing database must not use that database.
  const front =
    mistake === 'server_error' ? { platformName: store.platformName } : store.frontFor(store.sessionOf(request));
  return sendPage(reply, mistakePage({ ...front, mistake, requestId: request.id }), status);
}
