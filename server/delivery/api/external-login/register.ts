import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { networkAddress } from '#http/network-address.ts';
import type { ApiContext } from '../route.ts';
import { addLoginParsers, unsupportedMediaType } from './body-parsers.ts';
import { answerOptions, exposeTo } from './cors.ts';
import { failureBody, LoginRefusal, successBody } from './envelope.ts';
import { checkFields, type LoginFields } from './fields.ts';
import { checkCredentials } from './login.ts';

const PREFIX = '/custom_api';
const PATH = '/external_login';
const METHODS = ['POST', 'OPTIONS'];
const JSON_TYPE = 'application/json; charset=utf-8';

export type ExternalLoginContext = Pick<ApiContext, 'storage' | 'throttle' | 'accessTokens' | 'events'>;

/** `POST /custom_api/external_login`: an app's client_id, client_secret and environment for a token of the user API. */
export async function registerExternalLogin(app: FastifyInstance, context: ExternalLoginContext): Promise<void> {
  await app.register(
    async (api) => {
      addLoginParsers(api);
      api.setErrorHandler((error, request, reply) => sendRefusal(toRefusal(error, request), request, reply));
      api.setNotFoundHandler((request, reply) => sendRefusal(noSuchCall(), request, reply));
      api.addHook('onRequest', async (request, reply) => {
        // Answers depend on who asks and hold secrets; what depends on Origin must say so even where there is none.
        reply.header('cache-control', 'no-store').header('vary', 'Origin');
        // Before the body is looked at, and for methods that have no route at all.
        if (!METHODS.includes(request.method) && request.url.split('?', 1)[0] === PREFIX + PATH) throw notAllowed();
      });
      api.options(PATH, answerOptions);
      api.post(PATH, (request, reply) => logIn(context, request, reply));
      // Else files, which are served at the root for GET, would answer with a page.
      api.all('/*', (request, reply) => sendRefusal(noSuchCall(), request, reply));
    },
    { prefix: PREFIX },
  );
}

/** Tells the app that the call names how it went: a secret that has been changed shows there first. */
async function logIn(
  context: ExternalLoginContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { events } = context;
  const named: Named = { clientId: undefined };
  try {
    const token = await tokenFor(context, request, reply, named);
    if (named.clientId)
      events.record(named.clientId, { kind: 'login.called', requestId: request.id, status: 200, detail: {} });
    return reply.type(JSON_TYPE).send(successBody(token));
  } catch (error) {
    if (named.clientId && error instanceof LoginRefusal) {
      const detail = { reason: reasonOf(error) };
      events.record(named.clientId, { kind: 'login.called', requestId: request.id, status: error.status, detail });
    }
    throw error;
  }
}

/** The app that a call names; undefined as long as it is not known to exist. */
interface Named {
  clientId: string | undefined;
}

/** In our own words: each message by the field that it is about. */
function reasonOf({ data }: LoginRefusal): string {
  return Object.entries(data)
    .map(([name, message]) => (name === 'error' ? String(message) : `${name} ${String(message)}`))
    .join(' ');
}

async function tokenFor(
  { storage, throttle, accessTokens }: ExternalLoginContext,
  request: FastifyRequest,
  reply: FastifyReply,
  named: Named,
): Promise<string> {
  // Without a body there is no Content-Type that the parsers could have refused.
  if (request.body === undefined) throw unsupportedMediaType();
  const fields = request.body as LoginFields;
  const checked = checkFields(fields);
  const { origin } = request.headers;

  if ('problems' in checked) {
    if (typeof fields.client_id === 'string') {
      const app = await storage.appEnvironments.findByClientId(fields.client_id);
      named.clientId = app?.clientId;
      // A page of the app itself may read what is wrong with its request.
      exposeTo(app, origin, reply);
    }
    throw new LoginRefusal(401, checked.problems);
  }

  const { credentials } = checked;
  const found = await storage.appEnvironments.findByClientId(credentials.clientId);
  named.clientId = found?.clientId;
  exposeTo(found, origin, reply);
  const { clientId, environment, realm } = await checkCredentials(
    throttle,
    found,
    credentials,
    networkAddress(request),
  );
  return accessTokens[realm].mint({ clientId, environment });
}

function sendRefusal(refusal: LoginRefusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (refusal.status < 500) request.log.info({ status: refusal.status, reason: refusal.message }, 'login refused');
  return reply.code(refusal.status).headers(refusal.headers).type(JSON_TYPE).send(failureBody(refusal));
}

/** Whatever was thrown, in this contract's form. */
function toRefusal(error: unknown, request: FastifyRequest): LoginRefusal {
  if (error instanceof LoginRefusal) return error;
  const { statusCode } = error as { statusCode?: number };
  if (statusCode === 413) return new LoginRefusal(413, 'The body is larger than 16 KB.');
  if (statusCode === 415) return unsupportedMediaType();
  if (statusCode === 400) return new LoginRefusal(400, 'The body is not as long as Content-Length says.');
  request.log.error({ err: error }, 'request failed');
  return new LoginRefusal(
    500,
    `Something failed on our side. If it happens again, tell us the request id ${request.id}.`,
  );
}

function notAllowed(): LoginRefusal {
  return new LoginRefusal(405, 'Log in with POST.', { allow: METHODS.join(', ') });
}

function noSuchCall(): LoginRefusal {
  return new LoginRefusal(404, `There is no such call. Log in with POST ${PREFIX}${PATH}.`);
}
