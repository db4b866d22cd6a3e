import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { replaceRecoveryCodes } from '#domain/second-factor/recovery-codes.ts';
import { hasSecondFactor, removeSecondFactor } from '#domain/second-factor/second-factor.ts';
import { beginSetUp, confirmSetUp, offersAuthenticator, waitingSetUp } from '#domain/second-factor/set-up.ts';
import { formFrame } from '#pages/forms.ts';
import { formButtons } from '#portal/form-buttons.ts';
import { sendPortalPage } from '#portal/layout.ts';
import { PortalError } from '#portal/portal-error.ts';
import { forPerson, type PersonCall } from '#portal/route.ts';
import { type Statement, statement } from '#portal/statement.ts';
import { secondFactorPath } from './paths.ts';
import { sendRecoveryCodes } from './recovery-codes-page.ts';
import { sendBeforeSetUp, sendSetUp } from './set-up-page.ts';

const MAX_INPUT_LENGTH = 200;
const codeSchema = z.object({ code: z.string().max(MAX_INPUT_LENGTH).catch('') });

/** Of an account with a second factor, a recent sign-in has given it, too (portal/recent-sign-in.ts). */
const options = { recentSignIn: true, notShared: true };

/** The authenticator app of an account, and its recovery codes. */
export const secondFactorRoutes = [
  forPerson('GET', '/security/second-factor/new', getNew, options),
  forPerson('POST', '/security/second-factor/begin', postBegin, {
    ...options,
    form: { page: '/security/second-factor/new' },
  }),
  forPerson('POST', '/security/second-factor/new', postNew, options),
  forPerson('GET', '/security/second-factor/codes', getCodes, options),
  forPerson('POST', '/security/second-factor/codes', postCodes, options),
  forPerson('GET', '/security/second-factor/remove', getRemove, options),
  forPerson('POST', '/security/second-factor/remove', postRemove, options),
];

async function getNew(call: PersonCall): Promise<FastifyReply> {
  needAvailable(call);
  const waiting = await waitingSetUp(call.context, call.account, call.session.uid);
  return waiting ? sendSetUp(call, 200, waiting) : sendBeforeSetUp(call);
}

async function postBegin(call: PersonCall): Promise<FastifyReply> {
  needAvailable(call);
  await beginSetUp(call.context, call.account, call.session.uid);
  return call.reply.redirect(`${secondFactorPath(call)}/new`, 303);
}

/** The first code of the app, after which it is asked for. */
async function postNew(call: PersonCall): Promise<FastifyReply> {
  needAvailable(call);
  const { account, context, languages } = call;
  const session = call.session.uid;
  const { code: typed } = codeSchema.parse(call.body ?? {});
  const result = await confirmSetUp(context, account, { typed, languages, session });
  if (result.outcome !== 'confirmed')
    return sendSetUp(call, 400, await beginSetUp(context, account, session), result.outcome);
  await call.audit('second_factor.added', `account:${account.id}`);
  return sendRecoveryCodes(call, result.recoveryCodes);
}

async function getCodes(call: PersonCall): Promise<FastifyReply> {
  await needSecondFactor(call);
  const { t } = call.language;
  return ask(call, 'codes', {
    kind: 'question',
    title: t('account.secondFactor.codes.newTitle'),
    text: t('account.secondFactor.codes.newLead'),
    submit: t('account.secondFactor.newCodes'),
  });
}

async function postCodes(call: PersonCall): Promise<FastifyReply> {
  const { account, context, languages } = call;
  const codes = await replaceRecoveryCodes(context, account, languages);
  if (!codes) throw new PortalError('not_found');
  await call.audit('second_factor.recovery_codes_replaced', `account:${account.id}`);
  return sendRecoveryCodes(call, codes);
}

async function getRemove(call: PersonCall): Promise<FastifyReply> {
  await needSecondFactor(call);
  const { t } = call.language;
  return ask(call, 'remove', {
    kind: 'danger',
    title: t('account.secondFactor.remove.title'),
    text: t('account.secondFactor.remove.lead'),
    submit: t('account.secondFactor.turnOff'),
  });
}

async function postRemove(call: PersonCall): Promise<FastifyReply> {
  const { account, base, context, languages, reply } = call;
  // Twice at once is once.
  if (await removeSecondFactor(context, account, languages))
    await call.audit('second_factor.removed', `account:${account.id}`);
  return reply.redirect(`${base}/security?done=second_factor_removed`, 303);
}

/** Asks before something that cannot be undone. */
function ask(
  call: PersonCall,
  step: 'codes' | 'remove',
  { submit, ...question }: Pick<Statement, 'kind' | 'title' | 'text'> & { submit: string },
): Promise<FastifyReply> {
  const { base, csrf, language } = call;
  const security = `${base}/security`;
  const buttons = formButtons({ submit, isDanger: question.kind === 'danger', cancel: security }, language);
  return sendPortalPage(call, 200, {
    navItem: 'security',
    back: { href: security, label: language.t('account.frame.nav.security') },
    ...statement({ ...question, next: formFrame({ action: `${secondFactorPath(call)}/${step}`, csrf }, buttons) }),
  });
}

/** @throws PortalError `not_found` where the platform has no key to seal the app's secret by */
function needAvailable({ context }: PersonCall): void {
  if (!offersAuthenticator(context)) throw new PortalError('not_found');
}

/** @throws PortalError `not_found` when the account has none */
async function needSecondFactor({ account, context }: PersonCall): Promise<void> {
  if (!(await hasSecondFactor(context, account))) throw new PortalError('not_found');
}
