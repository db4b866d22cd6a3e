import type { FastifyReply } from 'fastify';
import { callInTransaction } from '#portal/call-in-transaction.ts';
import { forMember, type MemberCall } from '#portal/route.ts';
import { appPath } from '../app-layout.ts';
import { sendOverview } from '../overview/overview.ts';
import { askOperator } from './ask-operator.ts';

export const reviewRoutes = [forMember('POST', '/apps/:appId/review', 'owner', askAgain)];

/** Asks for another review of a production environment that was declined. Asking twice is asking once. */
async function askAgain(call: MemberCall): Promise<FastifyReply> {
  const { context, app } = call;
  const production = await context.storage.appEnvironments.find(app.id, 'production');
  if (production?.standing === 'declined') {
    const waitMs = await context.throttle.count('askForReview', app.id);
    if (waitMs > 0) return sendOverview(call, { status: 429, waitMs });
    await callInTransaction(call, async (part) => {
      const { clientId } = production;
      const asked = await part.context.storage.appReviews.setReview(clientId, 'pending', ['declined']);
      if (asked) await askOperator(part, part.audit, { client_id: clientId });
    });
  }
  return call.reply.redirect(`${appPath(call)}?done=asked`, 303);
}
