import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { changeEmail, findEmailChange, requestEmailChange } from '#domain/accounts/change-email.ts';
import { parseEmail } from '#domain/accounts/credential-schemas.ts';
import { isDirectorys } from '#domain/directory/owner.ts';
import { forPerson, type PersonCall } from '#portal/route.ts';
import { sendChangeEmail, sendNewEmail, sendNewEmailRefused } from './change-email-page.ts';

const MAX_INPUT_LENGTH = 1_000;
const formSchema = z.object({ email: z.string().max(MAX_INPUT_LENGTH).catch('') });
const MAX_CODE_LENGTH = 200;
const codeSchema = z.object({ code: z.string().min(1).max(MAX_CODE_LENGTH) });
const notShared = true;

export const changeEmailRoutes = [
  forPerson('GET', '/security/email', getChangeEmail, { recentSignIn: true, notShared }),
  forPerson('POST', '/security/email', postChangeEmail, {
    recentSignIn: true,
    notShared,
    form: { keeps: ['email'] },
  }),
  forPerson('POST', '/security/email/cancel', postCancel, { notShared }),
  forPerson('GET', '/security/new-email', getNewEmail, { notShared }),
  forPerson('POST', '/security/new-email', postNewEmail, { notShared }),
];

async function getChangeEmail(call: PersonCall): Promise<FastifyReply> {
  if (await isDirectorys(call.context, call.account)) return call.reply.redirect(`${call.base}/security`, 303);
  return sendChangeEmail(call, 200, formSchema.parse(call.kept));
}

/** The same answer whether or not somebody has the new address; its owner is told by mail. */
async function postChangeEmail(call: PersonCall): Promise<FastifyReply> {
  const { account, context, languages } = call;
  // It is asked about by the address that it has, so that another one would lead to nobody there.
  if (await isDirectorys(context, account)) return call.reply.redirect(`${call.base}/security`, 303);
  const typed = formSchema.parse(call.body ?? {}).email;
  const parsed = parseEmail(typed);
  if ('problem' in parsed) return sendChangeEmail(call, 400, { email: typed, problem: parsed.problem });
  const result = await requestEmailChange(context, account, parsed.email, {
    languages,
    address: call.request.ip,
  });
  switch (result.outcome) {
    case 'same_address':
      return sendChangeEmail(call, 400, { email: typed, problem: result.outcome });
    case 'too_many_attempts':
      return sendChangeEmail(call, 429, { email: typed, retryAfterMs: result.retryAfterMs });
    case 'not_mailed':
      return call.reply.redirect(`${call.base}/security?unsent=new_address`, 303);
    case 'mailed':
      await call.audit('account.email_change_requested', `account:${account.id}`);
      return call.reply.redirect(`${call.base}/security?done=email_requested`, 303);
  }
}

async function postCancel(call: PersonCall): Promise<FastifyReply> {
  await call.context.rows.emailCodes.revoke(call.account.id, 'change_email');
  await call.audit('account.email_change_cancelled', `account:${call.account.id}`);
  return call.reply.redirect(`${call.base}/security?done=email_change_cancelled`, 303);
}

/** Behind the link in the mail. It changes nothing; the button does. */
async function getNewEmail(call: PersonCall): Promise<FastifyReply> {
  const parsed = codeSchema.safeParse(call.query);
  const email = parsed.success ? await findEmailChange(call.context, call.account, parsed.data.code) : undefined;
  return email === undefined || !parsed.success
    ? sendNewEmailRefused(call)
    : sendNewEmail(call, { code: parsed.data.code, email });
}

async function postNewEmail(call: PersonCall): Promise<FastifyReply> {
  const { account, context, languages } = call;
  const parsed = codeSchema.safeParse(call.body);
  if (!parsed.success || !(await changeEmail(context, account, parsed.data.code, languages))) {
    return sendNewEmailRefused(call);
  }
  await call.audit('account.email_changed', `account:${account.id}`);
  return call.reply.redirect(`${call.base}/security?done=email_changed`, 303);
}
