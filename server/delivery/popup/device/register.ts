import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { lookUpUserCode } from '#domain/throttle/user-code-guesses.ts';
import { traceOf } from '#engine/attempts.ts';
import { readUserCode, USER_CODE_PARAMETER } from '#engine/device-codes.ts';
import { beginDeviceInteraction, type DeviceStart } from '#engine/device-interactions.ts';
import type { InteractionLimit } from '#engine/interaction-limit.ts';
import { PROVIDER_ROUTES } from '#engine/provider-routes.ts';
import type { Provider } from '#engine/provider-types.ts';
import type { RealmContext } from '#http/realm-context.ts';
import { retryAfter } from '#http/retry-after.ts';
import { deviceContextOf } from '#pages/page-context.ts';
import { sendPage } from '#pages/write-page.ts';
import { deviceEnterPage } from '../pages/device-page.ts';
import type { DeviceEnterModel } from '../pages/models.ts';

/** Longer than any way of writing a code. */
const MAX_TYPED_LENGTH = 40;
const querySchema = z.object({ [USER_CODE_PARAMETER]: z.string().max(MAX_TYPED_LENGTH).optional().catch('?') });

/**
 * Where people go with what a device shows them (RFC 8628 section 3.3). Whether they typed the code or followed a QR code, the next page asks
 * whether the device is theirs; nothing happens before.
 */
export function registerDeviceRoutes(
  app: FastifyInstance,
  context: RealmContext,
  provider: Provider,
  limit: InteractionLimit,
): void {
  app.get(context.prefix + PROVIDER_ROUTES.code_verification, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const { [USER_CODE_PARAMETER]: typed = '' } = querySchema.parse(request.query ?? {});
    if (typed.trim() === '') return sendForm(context, request, reply, 200, {});
    const code = readUserCode(typed);
    if (code === undefined) return sendForm(context, request, reply, 400, { code: typed, problem: 'unknown' });
    const judged = await lookUpUserCode(context.throttle, { realm: context.realm, address: request.ip }, async () => {
      await limit.check(request, reply, async () => undefined);
      const start = await beginDeviceInteraction(context, provider, {
        request: request.raw,
        response: reply.raw,
        userCode: code,
      });
      return 'problem' in start && start.problem === 'unknown' ? undefined : start;
    });
    if ('waitMs' in judged) {
      retryAfter(reply, judged.waitMs);
      const retryAfterMinutes = Math.ceil(judged.waitMs / 60_000);
      return sendForm(context, request, reply, 429, { code: typed, problem: 'too_many', retryAfterMinutes });
    }
    if (judged.found && 'at' in judged.found) await limit.noteStored(request);
    return goOn(context, request, reply, typed, judged.found ?? { problem: 'unknown' });
  });
}

function goOn(
  context: RealmContext,
  request: FastifyRequest,
  reply: FastifyReply,
  code: string,
  start: DeviceStart,
): Promise<FastifyReply> | FastifyReply {
  if ('problem' in start) return sendForm(context, request, reply, 400, { code, problem: start.problem });
  context.events.record(start.clientId, { kind: 'device.shown', ...traceOf(request), detail: {} });
  return reply.redirect(start.at, 303);
}

export function sendForm(
  context: RealmContext,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  model: Omit<DeviceEnterModel, 'action'>,
): Promise<FastifyReply> {
  const page = deviceContextOf(context, {}, undefined, request.headers['accept-language']);
  return sendPage(reply, status, deviceEnterPage(page, { action: enterAddress(context), ...model }));
}

export function enterAddress({ prefix }: Pick<RealmContext, 'prefix'>): string {
  return prefix + PROVIDER_ROUTES.code_verification;
}
