import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { changePassword } from '#domain/accounts/change-password.ts';
import { choosePassword } from '#domain/accounts/choose-password.ts';
import { isDirectorys } from '#domain/directory/owner.ts';
import { forPerson, type PersonCall } from '#portal/route.ts';
import { sendChangePassword } from './change-password-page.ts';

const formSchema = z.object({
  password: z.unknown().optional(),
  end_others: z.literal('yes').optional().catch(undefined),
});
const options = { recentSignIn: true, notShared: true };

export const changePasswordRoutes = [
  forPerson('GET', '/security/password', getChangePassword, options),
  forPerson('POST', '/security/password', postChangePassword, options),
];

async function getChangePassword(call: PersonCall): Promise<FastifyReply> {
  if (await isDirectorys(call.context, call.account)) return call.reply.redirect(`${call.base}/security`, 303);
  return sendChangePassword(call, 200, { endOthers: true });
}

async function postChangePassword(call: PersonCall): Promise<FastifyReply> {
  const { account, context, languages, session } = call;
  // The page says where it is changed.
  if (await isDirectorys(context, account)) return call.reply.redirect(`${call.base}/security`, 303);
  const form = formSchema.parse(call.body ?? {});
  const endOthers = form.end_others === 'yes';
  const chosen = await choosePassword(context, form.password, account);
  if ('problem' in chosen) return sendChangePassword(call, 400, { endOthers, problem: chosen.problem });
  const ended = await changePassword(context, account, chosen.password, {
    keep: session.uid,
    endOthers,
    languages,
    address: call.request.ip,
  });
  await call.audit('account.password_changed', `account:${account.id}`, { sessionsEnded: ended });
  const done = endOthers ? 'password_changed_everywhere' : 'password_changed';
  return call.reply.redirect(`${call.base}/security?done=${done}`, 303);
}
