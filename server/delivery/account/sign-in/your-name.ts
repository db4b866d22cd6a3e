import type { FastifyReply } from 'fastify';
import { checkFirstDetails, saveFirstDetails } from '#domain/accounts/first-details.ts';
import { forAnyone, type PortalCall } from '#portal/route.ts';
import { backToAttempt, heldAt, pass } from './attempt.ts';
import { proceedHeld } from './proceed.ts';
import { sendYourName } from './your-name-page.ts';

export const yourNameRoutes = [forAnyone('POST', '/signing-in/:attempt/name', postName)];

/** What a new account has besides its address. All of it may be left out. */
async function postName(call: PortalCall): Promise<FastifyReply> {
  const { context, request } = call;
  const at = await heldAt(call, 'name');
  if (!at) return backToAttempt(call);
  const checked = await checkFirstDetails(context, at.account, call.body);
  if ('errors' in checked) return sendYourName(call, 400, at, checked);
  const account = await saveFirstDetails(context, at.account, checked.details, request.ip);
  return proceedHeld(call, pass(at.attempt, 'name'), account);
}
