import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../api-error.ts';
import { CallNotes } from '../call-notes.ts';
import type { ApiContext } from '../route.ts';
import { ignoredHeader, ignoredInLog, ignoredNames } from '../validation/ignored-names.ts';
import { assertMayWrite, authenticate, type VendorAccess } from '../vendor-access.ts';
import { EmbedError } from './embed-error.ts';
import type { EmbedRoute } from './embed-route.ts';
import { assertNoFieldInQuery, FIELDS } from './fields.ts';
import { forgotPassword } from './forgot-password.ts';
import { readForLanguage, readJsonBody } from './json-body.ts';
import { languagesOfRequest } from './language.ts';
import { login } from './login.ts';
import { sendEmbedError, toEmbedError } from './send-embed-error.ts';
import { signup } from './signup.ts';

const BASE = '/embed';
const METHOD = 'POST';
const EMBED_ROUTES: readonly EmbedRoute[] = [signup, login, forgotPassword];

/** Every 401 needs a challenge (RFC 9110 section 11.6.1). The contract authenticates by a header of its own. */
const CHALLENGE = { 'www-authenticate': 'X-Api-Key realm="embedded sign-up"' };

/**
 * Registers the embedded sign-up contract, with which an app's backend creates users, signs them in and mails them codes, by `X-Api-Key`
 * and JSON. Errors are `{message, code}`, with a message for the person in the request's `language`.
 */
export async function registerEmbed(app: FastifyInstance, context: ApiContext): Promise<void> {
  const notes = new CallNotes(context.events, 'embed.called');
  await app.register(
    async (embed) => {
      notes.addTo(embed);
      embed.setErrorHandler(async (thrown, request, reply) => {
        await readForLanguage(request, thrown);
        const error = toEmbedError(thrown, request);
        notes.refused(request, error);
        return sendEmbedError(error, request, reply);
      });
      embed.setNotFoundHandler((request, reply) => sendEmbedError(new EmbedError('not_found'), request, reply));
      // Own routes, because the wildcard route that serves files below `/` would answer a GET first.
      for (const anything of ['/', '/*']) embed.all(anything, (_request, reply) => reply.callNotFound());
      for (const route of EMBED_ROUTES) {
        embed.route({
          method: METHOD,
          url: route.path,
          handler: (request, reply) => answer(context, notes, route, request, reply),
        });
        embed.route({
          method: embed.supportedMethods.filter((method) => method !== METHOD),
          url: route.path,
          handler: () => {
            throw new EmbedError('method_not_allowed', {}, { headers: { allow: METHOD } });
          },
        });
      }
    },
    { prefix: BASE },
  );
}

async function answer(
  context: ApiContext,
  notes: CallNotes,
  route: EmbedRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const access = await accessOf(context, request);
  notes.caller(request, access);
  await context.quota.spend(access.appId, reply);
  assertMayWrite(access);
  const { value } = await readJsonBody(request);
  assertNoFieldInQuery(request.url);
  const ignored = ignoredNames(FIELDS, value);
  reply.headers(ignoredHeader(ignored));
  notes.ignored(request, ignoredInLog(ignored));
  const rows = context.storage.realm(access.realm);
  const {
    status = 200,
    body,
    headers = {},
  } = await route.handle({
    context,
    access,
    users: rows.appUsers(access.clientId),
    codes: rows.userCodes(access.clientId),
    params: {},
    query: {},
    body: {},
    request,
    reply,
    value,
    languages: languagesOfRequest(request),
  });
  notes.answered(request, body);
  return reply
    .code(status)
    .headers({ 'cache-control': 'no-store', ...headers })
    .type('application/json; charset=utf-8')
    .send(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Authenticates by X-Api-Key only, as the contract requires. @throws EmbedError 401 */
async function accessOf(context: ApiContext, { headers, ip }: FastifyRequest): Promise<VendorAccess> {
  try {
    return await authenticate(context, { headers: { 'x-api-key': headers['x-api-key'] }, ip });
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    throw new EmbedError('invalid_api_key', {}, { headers: CHALLENGE, access: error.access, cause: error });
  }
}
