import type { FastifyInstance, FastifyRequest } from 'fastify';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { inTransaction } from '#domain/context.ts';
import { endHere } from '#domain/identities/session-there.ts';
import type { BodyContract } from '#http/body/body-contract.ts';
import { BodyError } from '#http/body/body-error.ts';
import { formOf } from '#http/body/form-record.ts';
import { readBody } from '#http/body/read-body.ts';
import type { RealmContext } from '#http/realm-context.ts';
import { retryAfter } from '#http/retry-after.ts';
import { isUnavailable } from '#upstream/guarded-fetch.ts';
import { LogoutTokenError } from '#upstream/logout-token.ts';
import type { Upstream } from '#upstream/upstream.ts';
import { auditStep } from '../audit.ts';

/** Below the issuer. */
export const UPSTREAM_LOGOUT_PATH = '/backchannel-logout';
/** A token has a few claims. */
const LOGOUT_FORM: BodyContract = { types: ['form'], maxBytes: 16 * 1024 };
const formSchema = z.object({ logout_token: z.string().min(1).max(8_000) });
const RETRY_MS = 5_000;

/**
 * Where other logins say that somebody has signed out there (OpenID Connect Back-Channel Logout 1.0 section 2.5). What began here by that session
 * ends, and the vendors' backends are told as always.
 */
export function registerUpstreamLogout(app: FastifyInstance, context: RealmContext): void {
  if (context.upstreams.all.length === 0) return;
  app.post(`${context.prefix}${UPSTREAM_LOGOUT_PATH}`, async (request, reply) => {
    // Section 2.8.
    reply.header('cache-control', 'no-store');
    const key = { address: request.ip };
    const { waitMs } = await context.throttle.look('upstreamLogoutsByAddress', key);
    if (waitMs > 0)
      return retryAfter(reply, waitMs).code(429).send(problem('too_many_requests', 'too many were refused'));
    try {
      await endAsTold(context, request, await tokenIn(request));
      return reply.code(200).send();
    } catch (error) {
      if (isUnavailable(error)) {
        const description = 'the keys that check the token cannot be had now';
        return retryAfter(reply, RETRY_MS).code(503).send(problem('temporarily_unavailable', description));
      }
      if (!(error instanceof LogoutTokenError)) throw error;
      await context.throttle.count('upstreamLogoutsByAddress', key);
      request.log.warn({ reason: error.message }, 'upstream logout refused');
      return reply.code(400).send(problem('invalid_request', error.message));
    }
  });
}

/** As OAuth 2.0 says it, which section 2.8 asks for. */
function problem(error: string, description: string) {
  return { error, error_description: description };
}

/** @throws LogoutTokenError */
async function tokenIn(request: FastifyRequest): Promise<string> {
  try {
    const form = formSchema.safeParse(formOf(await readBody(request, LOGOUT_FORM)));
    if (form.success) return form.data.logout_token;
  } catch (error) {
    if (!(error instanceof BodyError)) throw error;
  }
  throw new LogoutTokenError('a form with logout_token is expected');
}

async function endAsTold(context: RealmContext, request: FastifyRequest, token: string): Promise<void> {
  const upstream = upstreamOf(context, token);
  const ended = await upstream.readLogout(token);
  await inTransaction(context, async (within) => {
    const accounts = await endHere(within, ended);
    if (!accounts) throw new LogoutTokenError('it was used before (jti)');
    for (const accountId of accounts) {
      const subject = `account:${accountId}`;
      const detail = { where: 'another login', upstream: upstream.id };
      await auditStep({ context: within, request }, 'session.ended', 'system', { subject, detail });
    }
  });
}

/** Of whom the token says to be: nothing of it counts before that one's keys have checked it. */
function upstreamOf({ upstreams }: RealmContext, token: string): Upstream {
  const { iss, aud } = claimsOf(token);
  const upstream = upstreams.of({ issuer: iss, audiences: [aud].flat() });
  if (!upstream) throw new LogoutTokenError('no login of this platform has this iss and aud');
  return upstream;
}

function claimsOf(token: string): { iss?: unknown; aud?: unknown } {
  try {
    return decodeJwt(token);
  } catch {
    throw new LogoutTokenError('it is no JWT');
  }
}
