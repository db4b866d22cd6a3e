import type { EventEmitter } from 'node:events';
import type { errors, default as Provider } from 'oidc-provider';
import type { Log } from '../log.ts';

interface AnsweredContext {
  res: { getHeader(name: string): unknown };
}

const REFUSALS = ['authorization.error', 'grant.error', 'userinfo.error', 'revocation.error'] as const;

/** Logs the engine's refusals and failures with the request's id. */
export function logEngineEvents(provider: Provider, log: Log): void {
  const requestId = (ctx: AnsweredContext) => ctx.res.getHeader('x-request-id');
  provider.on('server_error', (ctx, error) =>
    log.error({ err: error, requestId: requestId(ctx) }, 'the engine failed'),
  );
  for (const event of REFUSALS) {
    (provider as EventEmitter).on(event, (ctx: AnsweredContext, error: errors.OIDCProviderError) => {
      log.info(
        { requestId: requestId(ctx), code: error.error, reason: error.error_description },
        `${event}: request refused`,
      );
    });
  }
}
