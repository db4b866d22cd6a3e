import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { PortalError } from '#portal/portal-error.ts';
import { forPerson, type PersonCall } from '#portal/route.ts';

const MAX_CODE_LENGTH = 200;
const MAX_LANGUAGE_LENGTH = 35;
const querySchema = z.object({
  code: z.string().min(1).max(MAX_CODE_LENGTH),
  language: z.string().max(MAX_LANGUAGE_LENGTH).optional().catch(undefined),
});

export const confirmAddressRoutes = [forPerson('GET', '/confirm-email', getConfirmEmail)];

/**
 * Leads to the page behind the link in a confirmation mail, with a sign-in in between for whoever is not signed in, because somebody who is
 * signed in keeps the account as it is.
 */
async function getConfirmEmail({ context, query, reply }: PersonCall): Promise<FastifyReply> {
  const parsed = querySchema.safeParse(query);
  if (!parsed.success) throw new PortalError('not_found');
  const { code, language } = parsed.data;
  const target = new URLSearchParams({ code, ...(language !== undefined && { language }) });
  return reply.redirect(`${context.prefix}/confirm-email?${target}`, 303);
}
