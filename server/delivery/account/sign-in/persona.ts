import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { traitOf } from '#domain/sandbox/personas.ts';
import {
  anotherNewcomer,
  countPick,
  pickTestPerson,
  startOver,
  TooManyPicksError,
} from '#domain/sandbox/test-people.ts';
import { ensureTestPeople, forgetTestPeople, testPeopleOf } from '#http/test-people-cookie.ts';
import { continuation } from '#portal/continue.ts';
import { PortalError } from '#portal/portal-error.ts';
import { forAnyone, type PortalCall } from '#portal/route.ts';
import { type Account, isTestPerson } from '#storage/accounts.ts';
import { proceed } from './proceed.ts';
import { sendSignIn } from './sign-in-page.ts';

const MAX_KEY_LENGTH = 64;
const formSchema = z.object({ persona: z.string().max(MAX_KEY_LENGTH) });

export const personaRoutes = [
  forAnyone('POST', '/persona', postPersona, { realms: ['sandbox'] }),
  forAnyone('POST', '/start-over', postStartOver, { realms: ['sandbox'] }),
];

/** Signs a test person in by one click. What each does to a shop is for the popup; here they are the people that they are. */
async function postPersona(call: PortalCall): Promise<FastifyReply> {
  const parsed = formSchema.safeParse(call.body);
  if (!parsed.success) throw new PortalError('invalid_request');
  const { persona } = parsed.data;
  const target = continuation(call, call.body);
  if (traitOf(persona) === 'blocked') {
    return sendSignIn(call, 403, { continue: target, error: 'account_blocked' });
  }
  let account: Account | undefined;
  try {
    account = await pick(call, persona);
  } catch (error) {
    if (!(error instanceof TooManyPicksError)) throw error;
    const { retryAfterMs } = error;
    return sendSignIn(call, 429, { continue: target, error: 'too_many_picks', retryAfterMs });
  }
  if (!account) throw new PortalError('not_found');
  return proceed(call, target, account, 'persona');
}

async function pick({ context, request, reply }: PortalCall, persona: string): Promise<Account | undefined> {
  const trait = traitOf(persona);
  if (trait === undefined) return undefined;
  await countPick(context, request.ip);
  if (trait === 'newcomer') return anotherNewcomer(context, { address: request.ip });
  const browserHash = ensureTestPeople(context, request.raw, reply.raw);
  return pickTestPerson(context, persona, { browserHash, address: request.ip });
}

/** Forgets the test people of this browser, and shows the list again. */
async function postStartOver(call: PortalCall): Promise<FastifyReply> {
  const { account, context, reply, request } = call;
  const target = continuation(call, call.body);
  if (account && isTestPerson(account)) {
    await call.session.end();
    await call.audit('session.ended', `account:${account.id}`);
  }
  await startOver(context, testPeopleOf(context, request.raw), account);
  forgetTestPeople(context, reply.raw);
  const query = new URLSearchParams({ ...(target !== call.base && { continue: target }), done: 'started_over' });
  return reply.redirect(`${call.base}/sign-in?${query}`, 303);
}
