import { issuerOf } from '@signup-with-platform/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BodyContract, ParsedBody } from '#http/body/body-contract.ts';
import { readBody } from '#http/body/read-body.ts';
import { type Constant, constantHandler } from '#pages/constant.ts';
import type { ManagementKey } from '#storage/management-keys.ts';
import { ApiError } from '../api-error.ts';
import { answerOnce } from '../idempotency.ts';
import { readQuery } from '../query.ts';
import { sendAnswer } from '../send-answer.ts';
import { sendApiError, toApiError } from '../send-error.ts';
import { audit } from './audit.ts';
import { authenticate } from './authenticate.ts';
import { MANAGEMENT_BASE, type ManagementCall, type ManagementContext, type ManagementRoute } from './route.ts';
import { MANAGEMENT_ROUTES } from './routes.ts';

/** Far more than a person has. */
const JSON_BODY: BodyContract = { types: ['json'], maxBytes: 64 * 1024, mayBeEmpty: true };
const NO_BODY: ParsedBody = { type: 'none' };

/** Registers the API of the operator's own backend: each call is authenticated, counted, admitted by a scope, and in the audit log. */
export async function registerManagementApi(app: FastifyInstance, context: ManagementContext): Promise<void> {
  await app.register(
    async (api) => {
      api.setErrorHandler((thrown, request, reply) => sendApiError(toApiError(thrown, request), request, reply));
      for (const route of MANAGEMENT_ROUTES)
        api.route({
          method: route.method,
          url: route.path,
          exposeHeadRoute: false,
          handler: (request, reply) => answer(context, route, request, reply),
        });
      // For tools; made, and its code loaded, for the first request, as the vendors' document is.
      api.get(
        '/openapi.json',
        constantHandler(() => document(context)),
      );
      // Routes and not a not-found handler, because the wildcard route that serves files would win over a handler.
      const refuse = async (request: FastifyRequest) => {
        throw unknownCall(request);
      };
      for (const url of ['/', '/*']) api.all(url, { onRequest: refuse }, refuse);
    },
    { prefix: MANAGEMENT_BASE },
  );
}

async function document({ config, fields }: ManagementContext): Promise<Constant> {
  const { managementDocument } = await import('./openapi.ts');
  const text = JSON.stringify(managementDocument({ name: config.platformName, publicUrl: config.publicUrl, fields }));
  return { text, type: 'application/json; charset=utf-8', headers: {} };
}

async function answer(
  context: ManagementContext,
  route: ManagementRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  // Before the body, so that unauthenticated callers cannot make us read, let alone parse.
  const key = await authenticate(context.storage.managementKeys, request);
  await context.quota.spend(`management:${key.id}`, reply, 'The key');
  await assertAllowed(context, key, route, request);
  const { realm } = key;
  const call: ManagementCall = {
    context: {
      ...context,
      realm,
      issuer: issuerOf(context.config.publicUrl, realm),
      rows: context.storage.realm(realm),
    },
    key,
    params: request.params as Record<string, string>,
    query: readQuery(route, request.url),
    body: route.method === 'GET' ? NO_BODY : await readBody(request, route.body?.contract ?? JSON_BODY),
    request,
    reply,
  };
  request.body = call.body;
  const access = { clientId: `management:${key.id}` };
  const handle = () => route.handle(call);
  return sendAnswer(reply, route.idempotent ? await answerOnce({ context, access, request }, handle) : await handle());
}

async function assertAllowed(
  { storage }: ManagementContext,
  key: ManagementKey,
  { scope, operation }: ManagementRoute,
  request: FastifyRequest,
): Promise<void> {
  if (key.scopes.includes(scope)) return;
  await audit({ storage, key, request }, 'management_key.refused', undefined, { operation, scope });
  throw new ApiError(403, 'missing_scope', `This key may not do that: it lacks the scope ${scope}.`);
}

function unknownCall(request: FastifyRequest): ApiError {
  const path = request.url.split('?', 1)[0]?.slice(MANAGEMENT_BASE.length) ?? '';
  const methods: string[] = MANAGEMENT_ROUTES.filter((route) =>
    new RegExp(`^${route.path.replaceAll(/:\w+/g, '[^/]+')}$`).test(path),
  ).map(({ method }) => method);
  if (methods.length === 0 || methods.includes(request.method))
    return new ApiError(404, 'not_found', `There is no such call. See ${MANAGEMENT_BASE}/openapi.json.`);
  const allow = [...new Set(methods)].join(', ');
  return new ApiError(405, 'method_not_allowed', `This URL accepts only ${allow}.`, { headers: { allow } });
}
