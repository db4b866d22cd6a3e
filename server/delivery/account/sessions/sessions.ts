import type { FastifyReply } from 'fastify';
import { notifyAccount } from '#domain/accounts/notify.ts';
import { PortalError } from '#portal/portal-error.ts';
import { forPerson, type PersonCall } from '#portal/route.ts';
import { isShared } from '#storage/accounts.ts';
import { browserRoutes } from './browsers.ts';
import { type Done, sendSessions } from './sessions-page.ts';

export const sessionRoutes = [
  forPerson('GET', '/sessions', getSessions),
  forPerson('POST', '/sessions/:uid/end', postEnd, { notShared: true }),
  forPerson('POST', '/sessions/end-others', postEndOthers, { notShared: true }),
  ...browserRoutes,
];

async function getSessions(call: PersonCall): Promise<FastifyReply> {
  const { account, session, context } = call;
  const { sessions } = context.rows;
  const here = await sessions.find(account.id, session.uid);
  // Where others sign in from, as a test person whom they share, is nobody's business.
  const listed = isShared(account) ? { sessions: [], total: 1 } : await sessions.list(account.id);
  const elsewhere = listed.sessions.filter(({ uid }) => uid !== session.uid);
  return sendSessions(call, { here, elsewhere, notListed: Math.max(0, listed.total - 1 - elsewhere.length) });
}

/** Signs out of one session, which may be this one. */
async function postEnd(call: PersonCall): Promise<FastifyReply> {
  const { account, session, context, base } = call;
  const uid = call.params['uid'] ?? '';
  if (uid === session.uid) {
    await session.end();
    await call.audit('session.ended', `account:${account.id}`);
    return call.reply.redirect(`${base}/sign-in`, 303);
  }
  // Nothing else is looked for: PostgreSQL refuses some texts, such as those with a NUL.
  const mayExist = /^[\w-]{1,64}$/.test(uid);
  if (!mayExist || !(await context.rows.sessions.end(account.id, uid))) throw new PortalError('not_found');
  await call.audit('session.ended', `account:${account.id}`, { where: 'another device' });
  return done(call, 'ended');
}

async function postEndOthers(call: PersonCall): Promise<FastifyReply> {
  const { account, session, context, languages } = call;
  const count = await context.rows.sessions.endAll(account.id, session.uid);
  await call.audit('session.ended', `account:${account.id}`, { where: 'everywhere else', count });
  await notifyAccount(context, account, { kind: 'signed_out_everywhere' }, { languages });
  return done(call, 'ended_others');
}

function done({ reply, base }: PersonCall, what: Done): FastifyReply {
  return reply.redirect(`${base}/sessions?done=${what}`, 303);
}
