import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { anotherNewcomer, traitOf } from '#domain/sandbox/personas.ts';
import { continuation } from '#portal/continue.ts';
import { PortalError } from '#portal/portal-error.ts';
import { forAnyone, type PortalCall } from '#portal/route.ts';
import { sendSignIn } from './sign-in-page.ts';

const MAX_KEY_LENGTH = 64;
const formSchema = z.object({ persona: z.string().max(MAX_KEY_LENGTH) });

export const personaRoutes = [forAnyone('POST', '/persona', postPersona, { realms: ['sandbox'] })];

/** Signs a test person in by one click. What each does to a shop is for the popup; here they are the people that they are. */
async function postPersona(call: PortalCall): Promise<FastifyReply> {
  const parsed = formSchema.safeParse(call.body);
  if (!parsed.success) throw new PortalError('invalid_request');
  const target = continuation(call, call.body);
  const { accounts } = call.context.rows;
  const trait = traitOf(parsed.data.persona);
  const found = trait && (await accounts.findPersona(parsed.data.persona));
  if (!found) throw new PortalError('not_found');
  if (found.blocked) return sendSignIn(call, 403, { continue: target, error: 'account_blocked' });
  const account = trait === 'newcomer' ? await anotherNewcomer(accounts, found) : found;
  await call.session.begin(account.id, 'persona');
  await call.audit('session.started', `account:${account.id}`, { method: 'persona' });
  return call.reply.redirect(target, 303);
}
