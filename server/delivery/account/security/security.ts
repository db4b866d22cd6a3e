import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { mailConfirmationAgain } from '#domain/accounts/confirm-email.ts';
import { forPerson, type PersonCall } from '#portal/route.ts';
import { changeEmailRoutes } from './change-email.ts';
import { changePasswordRoutes } from './change-password.ts';
import { SECURITY_DONE, SECURITY_UNSENT, sendSecurity } from './security-page.ts';

const querySchema = z.object({
  done: z.enum(SECURITY_DONE).optional().catch(undefined),
  unsent: z.enum(SECURITY_UNSENT).optional().catch(undefined),
});

/** How somebody signs in, and changes to that. */
export const securityRoutes = [
  forPerson('GET', '/security', getSecurity),
  forPerson('POST', '/security/confirmation', postConfirmation, { notShared: true }),
  ...changeEmailRoutes,
  ...changePasswordRoutes,
];

async function getSecurity(call: PersonCall): Promise<FastifyReply> {
  return sendSecurity(call, 200, querySchema.parse(call.query));
}

const ANSWERS = { mailed: '?done=confirmation_sent', not_mailed: '?unsent=confirmation', not_needed: '' } as const;

/** Mails the link that confirms the account's address, once more. */
async function postConfirmation(call: PersonCall): Promise<FastifyReply> {
  const result = await mailConfirmationAgain(call.context, call.account, call.languages, call.request.ip);
  if (result.outcome === 'too_many_attempts') {
    return sendSecurity(call, 429, { retryAfterMs: result.retryAfterMs });
  }
  return call.reply.redirect(`${call.base}/security${ANSWERS[result.outcome]}`, 303);
}
