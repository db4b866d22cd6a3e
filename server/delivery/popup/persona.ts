import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { askedClaims, consentRequest } from '../../domain/consent/consent-request.ts';
import { registeredClaims } from '../../domain/consent/registered-claims.ts';
import { saveGrant } from '../../domain/consent/save-grant.ts';
import { type PersonaTrait, traitOf } from '../../domain/sandbox/personas.ts';
import {
  anotherNewcomer,
  countPick,
  pickTestPerson,
  startOver,
  TooManyPicksError,
} from '../../domain/sandbox/test-people.ts';
import { ensureTestPeople, forgetTestPeople, testPeopleOf } from '../../http/test-people-cookie.ts';
import { type Account, isTestPerson } from '../../storage/accounts.ts';
import { PopupError } from './popup-error.ts';
import { proceed } from './proceed.ts';
import { sendSignIn, tooManyAttempts } from './send-sign-in.ts';
import { endSession, finishDenied, type Step, sessionOf } from './step.ts';

const formSchema = z.object({ persona: z.string().max(64).catch('') });

/** POST persona (sandbox only): signs a test person in by one click, and lets each play its part. */
export async function postPersona(step: Step): Promise<FastifyReply> {
  const { persona } = formSchema.parse(step.request.body);
  const trait = step.context.realm === 'sandbox' ? traitOf(persona) : undefined;
  if (trait === undefined) throw new PopupError('not_found');
  try {
    await countPick(step.context, step.request.ip);
    return await play(step, persona, trait);
  } catch (error) {
    if (error instanceof TooManyPicksError) return tooManyAttempts(step, undefined, error.retryAfterMs);
    throw error;
  }
}

async function play(step: Step, persona: string, trait: PersonaTrait): Promise<FastifyReply> {
  switch (trait) {
    case 'newcomer':
      return signInNewcomer(step);
    case 'declines':
      return finishDenied(step, 'The test person always declines.');
    case 'blocked':
      return sendSignIn(step, 403, { error: 'account_blocked' });
  }
  const account = await ownCopy(step, persona);
  if (trait === 'returning') await agreeInThePast(step, account);
  return proceed(step, account, 'persona');
}

/** POST start-over (sandbox only): forgets the test people of this browser, and shows the list again. */
export async function postStartOver(step: Step): Promise<FastifyReply> {
  const { context, reply, request } = step;
  if (context.realm !== 'sandbox') throw new PopupError('not_found');
  const { accountId } = await sessionOf(step);
  const signedInAs = accountId === undefined ? undefined : await context.rows.accounts.find(accountId);
  if (signedInAs && isTestPerson(signedInAs)) await endSession(step);
  await startOver(context, testPeopleOf(context, request.raw), signedInAs);
  forgetTestPeople(context, reply.raw);
  return sendSignIn(step, 200, { done: 'started_over' });
}

/** The browser's own copy of a test person. @throws PopupError `not_found` */
export async function ownCopy({ context, request, reply }: Step, persona: string): Promise<Account> {
  const browserHash = ensureTestPeople(context, request.raw, reply.raw);
  const account = await pickTestPerson(context, persona, { browserHash, address: request.ip });
  if (!account) throw new PopupError('not_found');
  return account;
}

async function signInNewcomer(step: Step): Promise<FastifyReply> {
  const newcomer = await anotherNewcomer(step.context, { address: step.request.ip, appId: step.app.appId });
  return proceed(step, newcomer, 'persona');
}

/** The returning customer has agreed to this shop before: that consent is created on the first visit. */
async function agreeInThePast(step: Step, account: Account): Promise<void> {
  const { app, context, interaction } = step;
  const known = await context.rows.users.findByAccount(app.clientId, account.id);
  if (known) return;
  const asked = askedClaims(interaction.params, registeredClaims(app, context.fields), context.fields);
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
