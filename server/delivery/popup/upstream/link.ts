import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { notifyAccount } from '#domain/accounts/notify.ts';
import { linkIdentity } from '#domain/identities/open-account.ts';
import { auditStep } from '../audit.ts';
import { heldAt, pass } from '../held-sign-in.ts';
import { proceedHeld } from '../proceed.ts';
import type { Step } from '../step.ts';
import { forgetIdentity, heldIdentity } from './held-identity.ts';

const formSchema = z.object({ link: z.literal('yes').optional().catch(undefined) });

/**
 * POST link-identity: adds the login that the person came from to the account that they have signed in to since, or goes on without. Both were
 * proven in this interaction, in this browser.
 */
export async function postLinkIdentity(step: Step): Promise<FastifyReply> {
  const { context, interaction, form, request } = step;
  const at = await heldAt(context, interaction, 'link_identity');
  const identity = heldIdentity(interaction);
  if (!at || !identity) return step.reply.redirect(form.action, 303);
  const subject = `account:${at.account.id}`;
  if (formSchema.parse(request.body).link && (await linkIdentity(context, identity, at.account.id))) {
    const name = context.upstreams.find(identity.upstream)?.settings.name ?? identity.upstream;
    await notifyAccount(context, at.account, { kind: 'identity_added', name }, { languages: step.page.languages });
    await auditStep(step, 'identity.added', subject, { subject, detail: { upstream: identity.upstream } });
  }
  await forgetIdentity(interaction);
  return proceedHeld(step, at.account, pass(at.held, 'link_identity'));
}
