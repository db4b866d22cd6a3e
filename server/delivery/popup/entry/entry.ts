import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Brand } from '#brand/brand.ts';
import type { FieldCatalogue } from '#domain/claims/catalogue.ts';
import { traceOf } from '#engine/attempts.ts';
import { authorizationRequest } from '#engine/authorization-request.ts';
import type { MountedRealm } from '#engine/mount.ts';
import { PROVIDER_ROUTES } from '#engine/provider-routes.ts';
import type { EventLog } from '#events/event-log.ts';
import type { AppEnvironment, AppEnvironmentRepository } from '#storage/app-environments.ts';
import { assertRegisteredOrigin, assertUsable, findApp } from './asking-app.ts';
import { noteRefusal } from './note-refusal.ts';
import { readAskedRequest, readPageAddress } from './popup-query.ts';
import { problemOf } from './request-checks.ts';
import { sendProblem } from './send-problem.ts';

interface EntryContext {
  appEnvironments: AppEnvironmentRepository;
  fields: FieldCatalogue;
  events: EventLog;
  publicUrl: string;
  platformName: string;
  brand: Brand;
  realms: Record<AppEnvironment['realm'], MountedRealm>;
}

/** `GET /popup`: checks who asks, and becomes an authorization request at the right realm, within the same round trip. */
export async function getPopup(
  context: EntryContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  try {
    return await openPopup(context, request, reply);
  } catch (error) {
    await noteRefusal(context, request, error);
    throw error;
  }
}

async function openPopup(context: EntryContext, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  // Until these hold, nothing may be posted to the page: an error is shown here.
  const page = readPageAddress(request.query);
  const app = await findApp(context.appEnvironments, page.client_id);
  assertUsable(app);
  assertRegisteredOrigin(app, page.origin);

  // From here on the page is told.
  const asked = readAskedRequest(request.query);
  if ('problem' in asked) return sendProblem(context, app, page, request, reply, asked.problem);
  const problem = problemOf(asked.request, app, page.origin, context.fields);
  if (problem !== undefined) return sendProblem(context, app, page, request, reply, problem);

  context.events.record(app.clientId, {
    kind: 'popup.opened',
    ...traceOf(request),
    detail: { origin: page.origin, response_type: asked.request.response_type },
  });
  const query = authorizationRequest(app, page, asked.request, context.fields);
  const path = `${PROVIDER_ROUTES.authorization}?${query}`;
  await context.realms[app.realm].answerAuthorization({ request, reply }, path, app);
  return reply;
}
