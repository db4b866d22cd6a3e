import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { askedClaims, consentRequest } from '../../domain/consent/consent-request.ts';
import { registeredClaims } from '../../domain/consent/registered-claims.ts';
import { saveGrant } from '../../domain/consent/save-grant.ts';
import { anotherNewcomer, traitOf } from '../../domain/sandbox/personas.ts';
import { retryAfter } from '../../http/retry-after.ts';
import type { Account } from '../../storage/accounts.ts';
import { PopupError } from './popup-error.ts';
import { sendSignIn } from './sign-in.ts';
import { finishDenied, finishSignIn, type Step } from './step.ts';

const formSchema = z.object({ persona: z.string().max(64).catch('') });

/** POST persona (sandbox only): signs a test person in by one click, and lets each play its part. */
export async function postPersona(step: Step): Promise<FastifyReply> {
  const { persona } = formSchema.parse(step.request.body);
  const trait = step.context.realm === 'sandbox' ? traitOf(persona) : undefined;
  const account = trait && (await step.context.rows.accounts.findPersona(persona));
  if (!account) throw new PopupError('not_found');
  switch (trait) {
    case 'newcomer':
      await limitNewcomers(step);
      return signInNewcomer(step, account);
    case 'declines':
      return finishDenied(step, 'The test person always declines.');
    case 'blocked':
      return sendSignIn(step, 403, { error: 'account_blocked' });
    case 'returning':
      await agreeInThePast(step, account);
      break;
  }
  return finishSignIn(step, account.id, 'persona');
}

async function signInNewcomer(step: Step, model: Account): Promise<FastifyReply> {
  const { id } = await anotherNewcomer(step.context.rows.accounts, model, step.app.appId);
  return finishSignIn(step, id, 'persona');
}

async function limitNewcomers({ context, reply, request }: Step): Promise<void> {
  const waitMs = await context.throttle.count('newcomerByAddress', { address: request.ip });
  if (waitMs === 0) return;
  retryAfter(reply, waitMs);
  throw new PopupError('too_many_requests');
}

/** The returning customer has agreed to this shop before: that consent is created on the first visit. */
async function agreeInThePast(step: Step, account: Account): Promise<void> {
  const { app, context, interaction } = step;
  const known = await context.rows.users.findByAccount(app.clientId, account.id);
  if (known) return;
  const asked = askedClaims(interaction.params, registeredClaims(app));
  const { open } = consentRequest(asked, app.fields, { granted: new Set(), declined: new Set() });
  const user = await context.rows.users.ensure(app.clientId, account.id);
  await context.rows.users.markFirstCredential(user.id);
  const { scope } = interaction.params;
  await saveGrant(
    step,
    app.clientId,
    { account, known: undefined },
    { granted: open.flatMap(({ claims }) => claims), declined: [], ...(typeof scope === 'string' && { scope }) },
  );
}
