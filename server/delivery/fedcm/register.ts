import cookie from '@fastify/cookie';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Engine } from '../../engine/engine.ts';
import { hasFedcm } from '../../engine/fedcm-availability.ts';
import type { Provider } from '../../engine/provider-types.ts';
import { RETRY_LATER } from '../../http/out-of-reach.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import { OverloadedError } from '../../load/overloaded-error.ts';
import { isOutOfReach } from '../../storage/database-errors.ts';
import { getAccounts } from './accounts.ts';
import { postAssertion } from './assertion.ts';
import { getClientMetadata } from './client-metadata.ts';
import { postDisconnect } from './disconnect.ts';
import { configDocument, webIdentityDocument } from './documents.ts';
import { FedcmError, type FedcmErrorCode } from './fedcm-error.ts';
import { FEDCM_PATHS } from './paths.ts';

const PUBLIC_CACHE_CONTROL = 'public, max-age=300';

type Handler = (
  context: RealmContext,
  provider: Provider,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<FastifyReply>;

/** Federated Credential Management: the browser's own dialog instead of the popup, for the realm that supports it. */
export async function registerFedcm(app: FastifyInstance, context: RealmContext, engine: Engine): Promise<void> {
  if (!hasFedcm(context)) return;
  const { config } = context;
  const handled = (handler: Handler) => (request: FastifyRequest, reply: FastifyReply) =>
    handler(context, engine.provider, request, reply);

  await app.register(async (fedcm) => {
    await fedcm.register(cookie);
    fedcm.addHook('onRequest', (_request, reply, done) => {
      // The browser asks for all of this on behalf of other sites.
      reply.headers({ 'cache-control': 'no-store', 'cross-origin-resource-policy': 'cross-origin' });
      done();
    });
    fedcm.setErrorHandler(sendFedcmError);

    fedcm.get(FEDCM_PATHS.wellKnown, (_request, reply) => publicly(reply).send(webIdentityDocument(config)));
    fedcm.get(FEDCM_PATHS.config, (_request, reply) => publicly(reply).send(configDocument(config)));
    fedcm.get(FEDCM_PATHS.clientMetadata, (request, reply) => getClientMetadata(context, request, reply));
    fedcm.get(FEDCM_PATHS.accounts, handled(getAccounts));
    fedcm.post(FEDCM_PATHS.assertion, handled(postAssertion));
    fedcm.post(FEDCM_PATHS.disconnect, handled(postDisconnect));
  });
}

function publicly(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', PUBLIC_CACHE_CONTROL);
}

/** In FedCM's own form, for the browser alone. */
function sendFedcmError(error: FastifyError | FedcmError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const isTooBadARequest = !(error instanceof FedcmError) && error.statusCode !== undefined && error.statusCode < 500;
  if (isTooBadARequest) return reply.code(error.statusCode ?? 400).send({ error: { code: 'invalid_request' } });
  const known = error instanceof FedcmError ? error : new FedcmError(codeOf(error), error.message);
  if (known.code === 'temporarily_unavailable') reply.headers(RETRY_LATER);
  if (error instanceof OverloadedError) reply.header('retry-after', error.retryAfterSeconds);
  else if (known.status >= 500) request.log.error({ err: error }, 'request failed');
  else request.log.info({ code: known.code, reason: known.message }, 'FedCM: request refused');
  return reply.code(known.status).send(known.body);
}

function codeOf(error: Error): FedcmErrorCode {
  return isOutOfReach(error) || error instanceof OverloadedError ? 'temporarily_unavailable' : 'server_error';
}
