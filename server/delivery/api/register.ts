import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ParsedBody } from '#http/body/body-contract.ts';
import { BodyError } from '#http/body/body-error.ts';
import { readBody } from '#http/body/read-body.ts';
import { hasBody } from '#http/body/unread-body.ts';
import { ApiError } from './api-error.ts';
import { API_BODY, membersOf, valuesOf } from './body.ts';
import { CallNotes } from './call-notes.ts';
import { answerOnce } from './idempotency.ts';
import { readQuery } from './query.ts';
import type { ApiCall, ApiContext, ApiRoute } from './route.ts';
import { API_ROUTES } from './routes.ts';
import { sendAnswer } from './send-answer.ts';
import { sendApiError, toApiError } from './send-error.ts';
import { ignoredHeader, ignoredInLog, ignoredNames } from './validation/ignored-names.ts';
import { assertMayWrite, authenticate, type VendorAccess } from './vendor-access.ts';

const BASE = '/1';
const NO_BODY: ParsedBody = { type: 'none' };

/** Registers the user API under `/1`: each call is authenticated, counted, validated and answered; errors have the API's own format. */
export async function registerUserApi(app: FastifyInstance, context: ApiContext): Promise<void> {
  const notes = new CallNotes(context.events, 'api.called');
  await app.register(
    async (api) => {
      notes.addTo(api);
      api.setErrorHandler((thrown, request, reply) => {
        const error = toApiError(thrown, request);
        notes.refused(request, error);
        return sendApiError(error, request, reply);
      });
      for (const route of API_ROUTES) {
        api.route({
          method: route.method,
          url: route.path,
          handler: (request, reply) => answer(context, notes, route, request, reply),
        });
      }
      // Routes and not a not-found handler, because the wildcard route that serves files would win over a handler.
      const refuse = async (request: FastifyRequest) => {
        throw unknownCall(request);
      };
      for (const url of ['/', '/*']) api.all(url, { onRequest: refuse }, refuse);
    },
    { prefix: BASE },
  );
}

async function admit(
  context: ApiContext,
  notes: CallNotes,
  route: ApiRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<VendorAccess> {
  const access = await authenticate(context, request);
  notes.caller(request, access);
  await context.quota.spend(access.appId, reply);
  if (route.rights === 'write') assertMayWrite(access);
  return access;
}

async function answer(
  context: ApiContext,
  notes: CallNotes,
  route: ApiRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  // Before the body, so that unauthenticated callers cannot make us read, let alone parse.
  const access = await admit(context, notes, route, request, reply);
  const body = await bodyOf(request);
  request.body = membersOf(body);
  if (body.type !== 'none') {
    const ignored = ignoredNames(knownTo(route), request.body);
    reply.headers(ignoredHeader(ignored));
    notes.ignored(request, ignoredInLog(ignored));
  }
  const rows = context.storage.realm(access.realm);
  const call: ApiCall = {
    context,
    access,
    users: rows.appUsers(access.clientId),
    codes: rows.userCodes(access.clientId),
    params: request.params as Record<string, string>,
    query: readQuery(route, request.url),
    body: valuesOf(route, body),
    request,
    reply,
  };
  const result = route.idempotent ? await answerOnce(call, () => route.handle(call)) : await route.handle(call);
  notes.answered(request, result.body);
  return sendAnswer(reply, result);
}

/** What a call takes or answers: so a user can be sent back as it was read. */
function knownTo({ parameters = {}, answer: { schema } }: ApiRoute): string[] {
  return [...Object.keys(parameters), ...Object.keys(schema['properties'] ?? {})];
}

/**
 * That of a request that should have none (RFC 9110 section 9.3.1) is looked at for its names all the same, because somebody who sends `?email=`
 * there would take the whole list for the answer. What cannot be read has no names.
 */
function bodyOf(request: FastifyRequest): ParsedBody | Promise<ParsedBody> {
  const { method, raw } = request;
  if (method !== 'GET' && method !== 'HEAD') return readBody(request, API_BODY);
  // Nearly always, and waiting for nothing takes time, too.
  if (!hasBody(raw)) return NO_BODY;
  return readBody(request, API_BODY).catch((error: unknown) => {
    if (error instanceof BodyError) return NO_BODY;
    throw error;
  });
}

function unknownCall(request: FastifyRequest): ApiError {
  const path = request.url.split('?', 1)[0]?.slice(BASE.length) ?? '';
  const methods = API_ROUTES.filter((route) =>
    new RegExp(`^${route.path.replaceAll(/:\w+/g, '[^/]+')}$`).test(path),
  ).map(({ method }) => method);
  // Fastify finds no route for an overlong id, although the path matches one here.
  if (methods.length === 0 || (methods as string[]).includes(request.method))
    return new ApiError(404, 'not_found', 'There is no such call. See /docs/api.');
  const allow = [...new Set(methods)].join(', ');
  return new ApiError(405, 'method_not_allowed', `This URL accepts only ${allow}.`, { headers: { allow } });
}
