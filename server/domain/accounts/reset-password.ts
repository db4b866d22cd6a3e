import { noAccountMail, resetPasswordMail } from '../../mail/messages.ts';
import type { MailCause } from '../../outbox/mail-cause.ts';
import { type Account, EmailTakenError, emailKey } from '../../storage/accounts.ts';
import { randomId } from '../../storage/ids.ts';
import type { DomainContext } from '../context.ts';
import { aboutAccount } from './mail-cause.ts';
import { notifyAccount } from './notify.ts';
import { hashPassword } from './passwords.ts';

/** How long the link in the mail works. */
export const PASSWORD_RESET_HOURS = 1;
const LINK_LIFETIME_SECONDS = PASSWORD_RESET_HOURS * 60 * 60;
/** Model of a record that is never read, see {@link mailReset}. */
const DECOY = 'ResetDecoy';

export interface RecoveryRequest {
  email: string;
  /** Network address. */
  address: string | undefined;
  /** BCP 47, in order of preference. */
  languages: readonly string[];
  /** Sandbox only: the app through whose popup the page was opened. Its own accounts are recovered first. */
  appId?: string | undefined;
}

export type ResetRequest = { outcome: 'mailed' } | { outcome: 'too_many_attempts'; retryAfterMs: number };

/**
 * Mails a link to choose a new password, which works once and for an hour. Neither the answer nor its timing reveals whether the account
 * exists: an address without an account gets a mail that says so.
 *
 */
export async function requestPasswordReset(context: DomainContext, request: RecoveryRequest): Promise<ResetRequest> {
  const { rows, throttle } = context;
  const retryAfterMs = Math.max(
    await throttle.count('resetByEmail', emailKey(request.email)),
    await throttle.count('resetByAddress', request.address),
  );
  if (retryAfterMs > 0) return { outcome: 'too_many_attempts', retryAfterMs };
  const own = request.appId && (await rows.accounts.findRecoverable(request.email, request.appId));
  await mailReset(context, request, recoverable(own || (await rows.accounts.findRecoverable(request.email))));
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
  context: DomainContext,
  { email, languages, appId }: RecoveryRequest,
  account: Account | undefined,
): Promise<void> {
  const { rows, mailer, issuer, config } = context;
  const sendNoAccount = () => {
    const cause: MailCause = context.realm === 'sandbox' ? { by: 'tester', appId } : { by: 'platform' };
    return mailer.send(noAccountMail(email, languages, config.platformName), cause);
  };
  if (!account) {
    await rows.oidcRecords.save(DECOY, randomId(), {}, LINK_LIFETIME_SECONDS);
    await sendNoAccount();
    return;
  }
  // The mail goes to the inbox of the account's own app. This app's inbox must not tell who has an account elsewhere.
  if (appId !== undefined && account.appId !== appId) await sendNoAccount();
  const code = await rows.emailCodes.create(account.id, email, LINK_LIFETIME_SECONDS, 'reset_password');
  const link = `${issuer}/account/reset-password?code=${code}`;
  // Sent to the account's own spelling of the address, because mail servers may distinguish upper and lower case.
  await mailer.send(
    resetPasswordMail(account.email ?? email, [...preferred(account), ...languages], config.platformName, {
      link,
      lifetimeSeconds: LINK_LIFETIME_SECONDS,
    }),
    aboutAccount(context, account),
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
 * @returns undefined when the code is unknown, used or expired, or when the account no longer has the address
 */
export async function resetPassword(
  context: DomainContext,
  code: string,
  password: string,
  languages: readonly string[],
): Promise<Account | undefined> {
  const { rows, throttle } = context;
  // Hashed before the code is consumed, because consuming it decides which of several requests wins.
  const passwordHash = await hashPassword(password);
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
  // An attacker's guesses may have locked the person out.
  await throttle.forget('signInByEmail', emailKey(account.email));
  await notifyAccount(context, account, { kind: 'password_reset' }, { languages });
  return account;
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
