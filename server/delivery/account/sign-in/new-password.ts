import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { choosePassword } from '#domain/accounts/choose-password.ts';
import { hashAccountPassword } from '#domain/accounts/find-by-password.ts';
import { notifyAccount } from '#domain/accounts/notify.ts';
import { chooseNewPassword } from '#domain/accounts/reset-password.ts';
import { addPasskey } from '#domain/passkeys/add.ts';
import { MAX_RESPONSE_LENGTH } from '#domain/passkeys/response.ts';
import { suggestedName } from '#domain/passkeys/suggested-name.ts';
import { networkAsPayer } from '#domain/throttle/guesses.ts';
import { forAnyone, type PortalCall } from '#portal/route.ts';
import type { Account } from '#storage/accounts.ts';
import { type AtGate, backToAttempt, heldAt, keepAttempt, pass } from './attempt.ts';
import { sendNewPassword } from './new-password-page.ts';
import { proceedHeld } from './proceed.ts';

const MAX_INPUT_LENGTH = 1_000;
const formSchema = z.object({
  password: z.string().max(MAX_INPUT_LENGTH).catch(''),
  response: z.string().max(MAX_RESPONSE_LENGTH).catch(''),
});

export const newPasswordRoutes = [forAnyone('POST', '/signing-in/:attempt/new-password', postNewPassword)];

/** Another password, a passkey, or neither. */
async function postNewPassword(call: PortalCall): Promise<FastifyReply> {
  const { context } = call;
  const at = await heldAt(call, 'new_password');
  if (!at) return backToAttempt(call);
  const { account } = at;
  const attempt = pass(at.attempt, 'new_password');
  const { password, response } = formSchema.parse(call.body ?? {});
  if (response !== '') {
    const isMade = await makePasskey(call, account, response);
    return isMade ? proceedHeld(call, attempt, account) : sendNewPassword(call, 400, at, { isRefused: true });
  }
  if (password === '') return proceedHeld(call, attempt, account);
  const chosen = await choosePassword(context, password, account);
  if ('problem' in chosen) return sendNewPassword(call, 400, at, { problem: chosen.problem });
  return proceedHeld(call, attempt, await choose(call, at, chosen.password));
}

async function choose(call: PortalCall, { attempt, account }: AtGate, password: string): Promise<Account> {
  const { context, languages, request } = call;
  const payer = networkAsPayer(request.ip);
  const passwordHash = await hashAccountPassword(context, account.email ?? '', password, payer);
  // Everything ends that is signed in as the account, or about to be. This attempt is nobody's meanwhile, and goes on.
  if (call.account?.id === account.id) await call.session.end();
  const { held: _own, ...nobodys } = attempt;
  await keepAttempt(context, nobodys);
  const changed = await chooseNewPassword(context, account, passwordHash, languages);
  await call.audit('account.password_reset', `account:${account.id}`);
  return changed;
}

async function makePasskey(call: PortalCall, account: Account, response: string): Promise<boolean> {
  const { boundTo, context, language, languages, request } = call;
  const name = suggestedName(request.headers['user-agent'], language.t('shared.passkey.newName'));
  if (!(await addPasskey(context, account, { json: response, name, form: boundTo }))) return false;
  await call.audit('passkey.added', `account:${account.id}`);
  await notifyAccount(context, account, { kind: 'passkey_added', name }, { languages });
  return true;
}
