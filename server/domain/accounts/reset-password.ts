import { noAccountMail, resetPasswordMail } from '../../mail/messages.ts';
import { type Account, EmailTakenError, emailKey } from '../../storage/accounts.ts';
import { randomId } from '../../storage/ids.ts';
import type { DomainContext } from '../context.ts';
import { networkAsPlace } from '../throttle/guesses.ts';
import { mayMail } from '../throttle/mail-share.ts';
import { hashAccountPassword } from './find-by-password.ts';
import { notifyAccount } from './notify.ts';

/** How long the link in the mail works. */
export const PASSWORD_RESET_HOURS = 1;
const LINK_LIFETIME_SECONDS = PASSWORD_RESET_HOURS * 60 * 60;
/** Model of a record that is never read, see {@link mailReset}. */
const DECOY = 'ResetDecoy';

export type ResetRequest = { outcome: 'mailed' } | { outcome: 'too_many_attempts'; retryAfterMs: number };

/**
 * Mails a link to choose a new password, which works once and for an hour. Neither the answer nor its timing reveals whether the account
 * exists: an address without an account gets a mail that says so.
 *
 * @param request.address network address
 * @param request.languages BCP 47, in order of preference
 */
export async function requestPasswordReset(
  context: DomainContext,
  request: { email: string; address: string | undefined; languages: readonly string[] },
): Promise<ResetRequest> {
  const { rows, throttle } = context;
  const { address } = request;
  const retryAfterMs = await throttle.count('resetByAddress', { address });
  if (retryAfterMs > 0) return { outcome: 'too_many_attempts', retryAfterMs };
  // What others asked for limits the mails, not the form. The links of an hour ago still work, so the mailbox has one.
  const isDue = await mayMail(throttle, 'reset', { email: emailKey(request.email), address });
  if (!isDue) return { outcome: 'mailed' };
  await mailReset(context, request, recoverable(await rows.accounts.findRecoverable(request.email)));
  return { outcome: 'mailed' };
}

/**
 * Whether a mailed link may recover the account. `findRecoverable` prefers the account that has verified the address, because the others
 * only claim it, and else takes the latest claim, so that nobody can prepare an account for the owner of an address to walk into. Personas
 * and blocked accounts get no link, because a persona belongs to everybody and a blocked account stays blocked.
 */
function recoverable(account: Account | undefined): Account | undefined {
  return account && !account.blocked && !account.persona ? account : undefined;
}

/** Stores one record and one mail whether or not the account exists, so that both cases take the same time. */
async function mailReset(
  { rows, mailer, issuer, config }: DomainContext,
  { email, languages }: { email: string; languages: readonly string[] },
  account: Account | undefined,
): Promise<void> {
  if (!account) {
    await rows.oidcRecords.save(DECOY, randomId(), {}, LINK_LIFETIME_SECONDS);
    await mailer.send(noAccountMail(email, languages, config.platformName));
    return;
  }
  const code = await rows.emailCodes.create(account.id, email, LINK_LIFETIME_SECONDS, 'reset_password');
  const link = `${issuer}/account/reset-password?code=${code}`;
  // Sent to the account's own spelling of the address, because mail servers may distinguish upper and lower case.
  await mailer.send(
    resetPasswordMail(account.email ?? email, [...preferred(account), ...languages], config.platformName, {
      link,
      lifetimeSeconds: LINK_LIFETIME_SECONDS,
    }),
  );
}

function preferred({ locale }: Account): string[] {
  return locale === undefined ? [] : [locale];
}

/** The account whose password a code can reset. Does not consume the code. */
export async function findReset({ rows }: DomainContext, code: string): Promise<Account | undefined> {
  const claim = await rows.emailCodes.find(code, 'reset_password');
  return claim && accountOf(rows, claim);
}

/** The account of a code, if it still has the address that the code was mailed to. */
async function accountOf(
  rows: DomainContext['rows'],
  claim: { accountId: string; email: string },
): Promise<Account | undefined> {
  const account = recoverable(await rows.accounts.find(claim.accountId));
  return account?.email && emailKey(account.email) === emailKey(claim.email) ? account : undefined;
}

/**
 * Sets a new password by the code from the mail. All sessions end and all other mailed links stop working. The address becomes verified,
 * because the person has read its mail.
 *
 * @param address network address, whose place in the queue of hashes it takes
 * @returns undefined when the code is unknown, used or expired, or when the account no longer has the address
 */
export async function resetPassword(
  context: DomainContext,
  code: string,
  password: string,
  languages: readonly string[],
  address?: string,
): Promise<Account | undefined> {
  const { rows } = context;
  const meant = await findReset(context, code);
  if (!meant?.email) return undefined;
  // Hashed before the code is consumed, because consuming it decides which of several requests wins.
  const passwordHash = await hashAccountPassword(context, meant.email, password, networkAsPlace(address));
  const claim = await rows.emailCodes.consume(code, 'reset_password');
  const account = claim && (await accountOf(rows, claim));
  if (!account?.email) return undefined;

  // Before and after, so that no session survives the old password, even if the process is killed in between.
  await rows.sessions.endAll(account.id);
  await rows.accounts.setPasswordHash(account.id, passwordHash);
  await rows.emailCodes.revoke(account.id, 'reset_password');
  await rows.emailCodes.revoke(account.id, 'change_email');
  await rows.sessions.endAll(account.id);
  // The address was not verified until now, so a stranger may have created the account and added a passkey.
  if (!account.emailVerified) await removePasskeys(rows, account.id);
  await markVerified(rows, account.id, account.email);
  await notifyAccount(context, account, { kind: 'password_reset' }, { languages });
  return { ...account, passwordHash };
}

async function removePasskeys({ passkeys }: DomainContext['rows'], accountId: string): Promise<void> {
  for (const { credentialId } of await passkeys.list(accountId)) await passkeys.remove(accountId, credentialId);
}

/** If another account has verified the address since the mail was sent, this account's address stays unverified. */
async function markVerified({ accounts }: DomainContext['rows'], id: string, email: string): Promise<void> {
  try {
    await accounts.markEmailVerified(id, email);
  } catch (error) {
    if (!(error instanceof EmailTakenError)) throw error;
  }
}
