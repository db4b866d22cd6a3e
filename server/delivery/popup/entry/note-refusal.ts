import type { FastifyRequest } from 'fastify';
import type { EventDetails } from '#events/app-event.ts';
import type { EventLog } from '#events/event-log.ts';
import { hintOf, originOf } from '#events/safe-text.ts';
import type { AppEnvironmentRepository } from '#storage/app-environments.ts';
import { PopupError } from '../popup-error.ts';

type Refusal = EventDetails['popup.refused'];

/** Writes why the popup did not open into the log of the app that it names; a client_id that nobody has is written nowhere. */
export async function noteRefusal(
  { appEnvironments, events }: { appEnvironments: Pick<AppEnvironmentRepository, 'findByClientId'>; events: EventLog },
  request: FastifyRequest,
  error: unknown,
): Promise<void> {
  if (!(error instanceof PopupError)) return;
  const { client_id: clientId, origin: asked } = request.query as Record<string, unknown>;
  const app = typeof clientId === 'string' ? await appEnvironments.findByClientId(clientId) : undefined;
  if (!app) return;
  const detail = refusalOf(error, asked, request.query);
  events.record(app.clientId, { kind: 'popup.refused', requestId: request.id, detail });
}

function refusalOf({ code, developerHint }: PopupError, asked: unknown, sent: unknown): Refusal {
  const origin = originOf(asked);
  const told = origin && { origin };
  if (code === 'app_disabled' || code === 'app_not_approved') return { reason: code, ...told };
  // The error's own hint repeats all that was sent.
  if (code === 'origin_not_registered') return { reason: asked === origin ? code : 'not_an_origin', ...told };
  return { reason: 'invalid_request', ...told, ...(developerHint && { hint: hintOf(developerHint, sent) }) };
}
