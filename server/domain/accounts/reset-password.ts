import { noAccountMail, resetPasswordMail } from '../../mail/messages.ts';
import { type Account, EmailTakenError, emailKey } from '../../storage/accounts.ts';
import { randomId } from '../../storage/ids.ts';
import type { DomainContext } from '../context.ts';
import { notifyAccount } from './notify.ts';
import { hashPassword } from './passwords.ts';

/** How long the link in the mail works. */
export const PASSWORD_RESET_HOURS = 1;
const LINK_LIFETIME_SECONDS = PASSWORD_RESET_HOURS * 60 * 60;
/** A record that nobody looks for, see {@link mailReset}. */
const DECOY = 'ResetDecoy';

export type ResetRequest = { outcome: 'mailed' } | { outcome: 'too_many_attempts'; retryAfterMs: number };

/**
 * Mails a link with which a new password can be chosen, once, within an hour. Whether there is such an account shows in neither the
 * answer nor the work: an address without one gets a mail too, which says so.
 *
 * @param request.address network address
 * @param request.languages BCP 47, in order of preference
 */
export async function requestPasswordReset(
  context: DomainContext,
  request: { email: string; address: string | undefined; languages: readonly string[] },
): Promise<ResetRequest> {
  const { rows, throttle } = context;
  const retryAfterMs = Math.max(
    await throttle.count('resetByEmail', emailKey(request.email)),
    await throttle.count('resetByAddress', request.address),
  );
  if (retryAfterMs > 0) return { outcome: 'too_many_attempts', retryAfterMs };
  await mailReset(context, request, recoverable(await rows.accounts.findRecoverable(request.email)));
  return { outcome: 'mailed' };
}

/**
 * The account that a mail to an address may open: the verified one, if any, because the others only claim the address; else the latest
 * claim, so that nobody can lay out an account for the owner of an address to step into. A test person belongs to everybody, and a
 * blocked account stays blocked: for both there is no link.
 */
function recoverable(account: Account | undefined): Account | undefined {
  return account && !account.blocked && !account.persona ? account : undefined;
}

/** One secret is stored and one mail written either way, so that both take the same time. */
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
  // To the address as the account has it: what was typed may differ in case, and mail servers may care.
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

/** Whose password a code can reset, without using it up. */
export async function findReset({ rows }: DomainContext, code: string): Promise<Account | undefined> {
  const claim = await rows.emailCodes.find(code, 'reset_password');
  return claim && accountOf(rows, claim);
}

/** The account, if the address that the code was mailed to is still its own. */
async function accountOf(
  rows: DomainContext['rows'],
  claim: { accountId: string; email: string },
): Promise<Account | undefined> {
  const account = recoverable(await rows.accounts.find(claim.accountId));
  return account?.email && emailKey(account.email) === emailKey(claim.email) ? account : undefined;
}

/**
 * Sets a new password by the code from the mail. Every session and every other mailed link ends; the address is verified, since its
 * mail has been read.
 *
 * @returns undefined when the code is unknown, used, expired, or its address is no longer the account's
 */
export async function resetPassword(
  context: DomainContext,
  code: string,
  password: string,
  languages: readonly string[],
): Promise<Account | undefined> {
  const { rows, throttle } = context;
  // Before the code is used up, so that using it up alone decides which of several requests was first.
  const passwordHash = await hashPassword(password);
  const claim = await rows.emailCodes.consume(code, 'reset_password');
  const account = claim && (await accountOf(rows, claim));
  if (!account?.email) return undefined;

  // Before and after, so that no old session outlives the old password even if the process ends in between.
  await rows.sessions.endAll(account.id);
  await rows.accounts.setPasswordHash(account.id, passwordHash);
  await rows.emailCodes.revoke(account.id, 'reset_password');
  await rows.emailCodes.revoke(account.id, 'change_email');
  await rows.sessions.endAll(account.id);
  // Until now the address was only a claim, so a stranger may have made the account and left a passkey in it.
  if (!account.emailVerified) await removePasskeys(rows, account.id);
  await markVerified(rows, account.id, account.email);
  // Somebody else's guesses may have locked the person out.
  await throttle.forget('signInByEmail', emailKey(account.email));
  await notifyAccount(context, account, { kind: 'password_reset' }, { languages });
  return account;
}

async function removePasskeys({ passkeys }: DomainContext['rows'], accountId: string): Promise<void> {
  for (const { credentialId } of await passkeys.list(accountId)) await passkeys.remove(accountId, credentialId);
}

/** If another account has verified the address since the mail was written, this one stays a claim. */
async function markVerified({ accounts }: DomainContext['rows'], id: string, email: string): Promise<void> {
  try {
    await accounts.markEmailVerified(id, email);
  } catch (error) {
    if (!(error instanceof EmailTakenError)) throw error;
  }
}
