import { setTimeout as delay } from 'node:timers/promises';
import { withQuery } from '#http/add-parameters.ts';
import { elsewhere } from '#load/place.ts';
import { resetUserPasswordMail } from '#mail/messages.ts';
import type { Postage } from '#outbox/outbox.ts';
import { emailKey } from '#storage/accounts.ts';
import type { AppUser } from '#storage/app-users.ts';
import type { ApiAnswer, ApiCall, ApiRoute } from '../route.ts';
import { admitMail } from './admit-mail.ts';
import { attemptKey } from './attempts.ts';
import { parseLinkUrl } from './link-url.ts';
import { languageOf, languageParameter, shopOf } from './mail-context.ts';
import { emailParameter } from './parameters.ts';
import { issueCode } from './user-code.ts';

const CODE_LIFETIME_SECONDS = 60 * 60;
/** Longer than it takes to store a code and a mail. */
const ANSWER_STEP_MS = 250;

export const forgotPassword: ApiRoute = {
  method: 'POST',
  path: '/auth/forgot-password',
  operation: 'forgotPassword',
  summary: 'Mail a user a link or code for a new password',
  description:
    'The mail says that it comes from your app. It links to `reset_url` with a `code` in the query or, without a `reset_url`, ' +
    'contains the code itself. Your backend redeems the code with `/auth/reset-password`, once, within 1 hour. ' +
    'The answer does not reveal whether the user exists. A user gets at most 3 such mails an hour.',
  rights: 'write',
  parameters: {
    email: emailParameter,
    reset_url: {
      description: 'Your page for choosing a new password, on an origin that this environment has registered.',
      rules: [],
      example: 'https://shop.example.com/new-password',
    },
    language: languageParameter,
  },
  answer: {
    description: 'The mail was sent, if the user exists.',
    schema: { type: 'object', required: ['sent'], properties: { sent: { const: true } } },
  },
  errors: { 400: ['reset_url_not_allowed'], 429: ['too_many_mails'] },
  handle,
};

async function handle(call: ApiCall): Promise<ApiAnswer> {
  const { email, reset_url: url } = call.body;
  const resetUrl = url === undefined ? undefined : await parseLinkUrl(call, 'reset_url', url);
  const address = emailKey(String(email));
  // Whether or not there is such a user, so that the limits do not tell.
  const postage = await admitMail(call, address);
  await inSteps(async () => {
    const waitMs = await call.context.throttle.count('apiForgotPassword', attemptKey(call, address));
    const user = await call.users.findByEmail(address);
    if (waitMs === 0 && user?.active && user.email !== undefined) {
      await mailCode(call, { ...user, email: user.email }, resetUrl, postage);
    } else await postage.giveBack();
  });
  return { body: { sent: true } };
}

async function mailCode(
  call: ApiCall,
  user: AppUser & { email: string },
  resetUrl: string | undefined,
  postage: Postage,
): Promise<void> {
  const code = await issueCode(call, 'reset_password', user, CODE_LIFETIME_SECONDS);
  const lifetimeSeconds = CODE_LIFETIME_SECONDS;
  const way = resetUrl === undefined ? { code } : { link: withQuery(resetUrl, { code }) };
  const mail = resetUserPasswordMail(user.email, languageOf(call), await shopOf(call), { ...way, lifetimeSeconds });
  await call.context.mailer.post(mail, postage);
}

/**
 * Makes the duration a multiple of a fixed step, so that it does not reveal whether a mail was stored. The mail is stored before the
 * answer, because an answered request must survive a crash.
 */
async function inSteps(work: () => Promise<void>): Promise<void> {
  const startedAt = performance.now();
  await work();
  await elsewhere(() => delay(ANSWER_STEP_MS - ((performance.now() - startedAt) % ANSWER_STEP_MS)));
}
