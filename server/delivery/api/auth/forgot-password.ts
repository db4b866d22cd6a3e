import { setTimeout as delay } from 'node:timers/promises';
import { resetPasswordMail } from '#mail/messages.ts';
import { emailKey } from '#storage/accounts.ts';
import type { AppUser } from '#storage/app-users.ts';
import type { ApiAnswer, ApiCall, ApiRoute } from '../route.ts';
import { attemptKey } from './attempts.ts';
import { linkWithCode, parseLinkUrl } from './link-url.ts';
import { appNameOf, languageParameter, languagesOf } from './mail-context.ts';
import { emailParameter } from './parameters.ts';
import { issueCode } from './user-code.ts';

const CODE_LIFETIME_SECONDS = 60 * 60;
/** Longer than writing a code and a mail takes. */
const ANSWER_STEP_MS = 250;

export const forgotPassword: ApiRoute = {
  method: 'POST',
  path: '/auth/forgot-password',
  operation: 'forgotPassword',
  summary: 'Mail a user the way to a new password',
  description:
    'The mail is in the name of your app. It links to `reset_url` with a `code` in the query, or holds the code to be typed in; either works once, for 1 hour, at `/auth/reset-password`. The answer is the same whether there is such a user or not. A user gets 3 such mails an hour at most.',
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
    description: 'A mail is on its way, if there is such a user.',
    schema: { type: 'object', required: ['sent'], properties: { sent: { const: true } } },
  },
  errors: { 400: ['reset_url_not_allowed'] },
  handle,
};

async function handle(call: ApiCall): Promise<ApiAnswer> {
  const { email, reset_url: url } = call.body;
  const resetUrl = url === undefined ? undefined : await parseLinkUrl(call, 'reset_url', url);
  await inSteps(async () => {
    const address = emailKey(String(email));
    const waitMs = await call.context.throttle.count('apiForgotPassword', attemptKey(call, address));
    const user = await call.users.findByEmail(address);
    if (waitMs === 0 && user?.active) await mailCode(call, user, resetUrl);
  });
  return { body: { sent: true } };
}

async function mailCode(call: ApiCall, user: AppUser, resetUrl: string | undefined): Promise<void> {
  if (user.email === undefined) return;
  const code = await issueCode(call, 'reset_password', user, CODE_LIFETIME_SECONDS);
  const lifetimeSeconds = CODE_LIFETIME_SECONDS;
  const way =
    resetUrl === undefined ? { code, lifetimeSeconds } : { link: linkWithCode(resetUrl, code), lifetimeSeconds };
  await call.context.mailer.send(resetPasswordMail(user.email, languagesOf(call), await appNameOf(call), way));
}

/**
 * Takes a whole number of steps of time: whether a mail was written does not show in when the answer comes. It is written before that,
 * because what was answered must survive a crash.
 */
async function inSteps(work: () => Promise<void>): Promise<void> {
  const startedAt = performance.now();
  await work();
  await delay(ANSWER_STEP_MS - ((performance.now() - startedAt) % ANSWER_STEP_MS));
}
