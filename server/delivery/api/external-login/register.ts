import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { misplacedCredentials } from '#domain/apps/misplaced-credentials.ts';
import type { EventDetails } from '#events/app-event.ts';
import { BodyError } from '#http/body/body-error.ts';
import { AddressTooLongError } from '#http/long-requests.ts';
import { RETRY_LATER } from '#http/out-of-reach.ts';
import { OverloadedError } from '#load/overloaded-error.ts';
import type { AppEnvironment } from '#storage/app-environments.ts';
import { isOutOfReach } from '#storage/database-errors.ts';
import type { ApiContext } from '../route.ts';
import { answerOptions, exposeTo } from './cors.ts';
import { failureBody, LoginRefusal, successBody } from './envelope.ts';
import { checkFields, type LoginCredentials } from './fields.ts';
import { checkCredentials } from './login.ts';
import { readFields } from './read-fields.ts';

const PREFIX = '/custom_api';
const PATH = '/external_login';
const METHODS = ['POST', 'OPTIONS'];
const JSON_TYPE = 'application/json; charset=utf-8';

type ExternalLoginContext = Pick<ApiContext, 'storage' | 'throttle' | 'accessTokens' | 'events'>;

/** Registers `POST /custom_api/external_login`, which exchanges client_id, client_secret and environment for a token of the user API. */
export async function registerExternalLogin(app: FastifyInstance, context: ExternalLoginContext): Promise<void> {
  await app.register(
    async (api) => {
      api.setErrorHandler((error, request, reply) => sendRefusal(toRefusal(error, request), request, reply));
      api.setNotFoundHandler((request, reply) => sendRefusal(noSuchCall(), request, reply));
      api.addHook('onRequest', (request, reply, done) => {
        // Answers contain secrets, so they are not cached. They depend on Origin, so Vary is set even for requests without one.
        reply.header('cache-control', 'no-store').header('vary', 'Origin');
        // Checked before the body is read, and for methods that have no route.
        const isAllowed = METHODS.includes(request.method) || request.url.split('?', 1)[0] !== PREFIX + PATH;
        done(isAllowed ? undefined : notAllowed());
      });
      api.options(PATH, answerOptions);
      api.post(PATH, (request, reply) => logIn(context, request, reply));
      // Otherwise the wildcard route that serves files would answer a GET with a page.
      api.all('/*', (request, reply) => sendRefusal(noSuchCall(), request, reply));
    },
    { prefix: PREFIX },
  );
}

/** Logs in, and records the result in the app's event log, where developers notice an outdated secret. */
async function logIn(
  context: ExternalLoginContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { events, storage } = context;
  const named: Named = {};
  try {
    const token = await tokenFor(context, request, reply, named);
    if (named.app)
      events.record(named.app.clientId, { kind: 'login.called', requestId: request.id, status: 200, detail: {} });
    return reply.type(JSON_TYPE).send(successBody(token));
  } catch (error) {
    if (named.app && error instanceof LoginRefusal) {
      const { status } = error;
      // Above the limit nothing more is looked up for whoever goes on guessing.
      const mistake = status === 401 ? await mistakeOf(storage, named) : {};
      const detail = { reason: reasonOf(error), ...mistake };
      events.record(named.app.clientId, { kind: 'login.called', requestId: request.id, status, detail });
    }
    throw error;
  }
}

/** What a call names. The app is undefined while it is not known to exist, credentials while they are not well-formed. */
interface Named {
  app?: AppEnvironment | undefined;
  credentials?: LoginCredentials;
}

/** Which of the three values belong to different environments, or is an API key. Empty when nothing is known about them. */
async function mistakeOf(
  storage: ExternalLoginContext['storage'],
  { app, credentials }: Named,
): Promise<EventDetails['login.called']> {
  if (!app || !credentials) return {};
  const misplaced = await misplacedCredentials(storage, app, credentials.clientSecret);
  if (!misplaced) return {};
  const { environment: asked } = credentials;
  const isInPlace = misplaced.sent === 'client_secret' && misplaced.secret_environment === asked;
  return isInPlace && app.environment === asked ? {} : { ...misplaced, asked_environment: asked };
}

/** The error as one line of text, with field names before their messages. */
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
  const fields = await readFields(request);
  const checked = checkFields(fields);
  const { origin } = request.headers;

  if ('problems' in checked) {
    if (typeof fields.client_id === 'string') {
      const app = await storage.appEnvironments.findByClientId(fields.client_id);
      named.app = app;
      // The app's own pages may read the error.
      exposeTo(app, origin, reply);
    }
    throw new LoginRefusal(401, checked.problems);
  }

  const { credentials } = checked;
  const found = await storage.appEnvironments.findByClientId(credentials.clientId);
  named.app = found;
  named.credentials = credentials;
  exposeTo(found, origin, reply);
  const { realm, ...subject } = await checkCredentials(throttle, found, credentials, request.ip);
  return accessTokens[realm].mint(subject);
}

function sendRefusal(refusal: LoginRefusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (refusal.status < 500) request.log.info({ status: refusal.status, reason: refusal.message }, 'login refused');
  return reply.code(refusal.status).headers(refusal.headers).type(JSON_TYPE).send(failureBody(refusal));
}

/** Turns anything that was thrown into an error of this contract. */
function toRefusal(error: unknown, request: FastifyRequest): LoginRefusal {
  if (error instanceof LoginRefusal) return error;
  if (error instanceof BodyError) return new LoginRefusal(error.statusCode, error.message, error.headers);
  if (error instanceof AddressTooLongError) return new LoginRefusal(400, error.message);
  if (error instanceof OverloadedError)
    return new LoginRefusal(503, error.message, { 'retry-after': String(error.retryAfterSeconds) });
  request.log.error({ err: error }, 'request failed');
  if (isOutOfReach(error)) {
    return new LoginRefusal(503, 'The database is unreachable at the moment. Wait for Retry-After.', RETRY_LATER);
  }
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
