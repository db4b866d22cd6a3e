import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { parseEmail } from '#domain/accounts/credential-schemas.ts';
import { requestPasswordReset } from '#domain/accounts/reset-password.ts';
import { keepsPasswordsElsewhere } from '#domain/directory/owner.ts';
import { continuation } from '#portal/continue.ts';
import { forAnyone, type PortalCall } from '#portal/route.ts';
import { ownWay } from '../identities/own-way.ts';
import { admitCall, sendBotCheck } from './bot-check.ts';
import { sendForgotPassword, sendResetMailed } from './forgot-password-page.ts';

const MAX_INPUT_LENGTH = 1_000;
const clientId = z.string().max(MAX_INPUT_LENGTH).optional().catch(undefined);
const formSchema = z.object({ email: z.string().max(MAX_INPUT_LENGTH).catch(''), client_id: clientId });
const querySchema = z.object({ done: z.enum(['mailed']).optional().catch(undefined), client_id: clientId });

export const forgotPasswordRoutes = [
  forAnyone('GET', '/forgot-password', ownWay(getForgotPassword)),
  forAnyone('POST', '/forgot-password', ownWay(postForgotPassword)),
];

async function getForgotPassword(call: PortalCall): Promise<FastifyReply> {
  const { done, client_id: clientId } = querySchema.parse(call.query);
  if (done) return sendResetMailed(call);
  // Whoever is signed in need not type what we know.
  const email = call.account?.email ?? '';
  return sendForgotPassword(call, 200, { email, clientId, continue: continuation(call, call.query) });
}

/** The same answer, and the same work before it, whether or not there is such an account. */
async function postForgotPassword(call: PortalCall): Promise<FastifyReply> {
  const { email: typed, client_id: clientId } = formSchema.parse(call.body ?? {});
  const parsed = parseEmail(typed);
  const attempt = { email: typed, clientId, continue: continuation(call, call.body) };
  if ('problem' in parsed) return sendForgotPassword(call, 400, { ...attempt, problem: parsed.problem });
  // The page says where the password is. A link would give people one here that nobody asks for.
  if (keepsPasswordsElsewhere(call.context)) return sendForgotPassword(call, 400, attempt);
  const admitted = await admitCall(call, 'forgot', parsed.email);
  if (admitted.outcome !== 'admitted') {
    const known = { client_id: clientId, continue: attempt.continue };
    const fields = {
      email: typed,
      ...(Object.fromEntries(Object.entries(known).filter(([, value]) => value)) as Record<string, string>),
    };
    return sendBotCheck(call, { path: `/forgot-password?language=${call.language.tag}`, fields }, admitted);
  }
  const result = await requestPasswordReset(call.context, {
    email: parsed.email,
    address: call.request.ip,
    languages: call.languages,
    within: call.account,
    appId: await sandboxAppOf(call, clientId),
  });
  if (result.outcome === 'too_many_attempts') {
    return sendForgotPassword(call, 429, { ...attempt, retryAfterMs: result.retryAfterMs });
  }
  await call.audit('account.password_reset_requested', 'account');
  return call.reply.redirect(`${call.base}/forgot-password?done=mailed`, 303);
}

/** In the sandbox, the app whose popup led here: its accounts are recovered, and the mail goes to its inbox. */
async function sandboxAppOf({ context }: PortalCall, clientId: string | undefined): Promise<string | undefined> {
  if (context.realm !== 'sandbox' || clientId === undefined) return undefined;
  const app = await context.storage.appEnvironments.findByClientId(clientId);
  return app?.realm === 'sandbox' ? app.appId : undefined;
}
