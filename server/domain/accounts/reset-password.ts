import { noAccountMail, replaceAccountMail, resetPasswordMail } from '../../mail/messages.ts';
import type { MailCause } from '../../outbox/mail-cause.ts';
import { type Account, belongsTo, emailKey } from '../../storage/accounts.ts';
import { type EndedClaims, KeptError } from '../../storage/erase-account.ts';
import { randomId } from '../../storage/ids.ts';
import { type DomainContext, inTransaction } from '../context.ts';
import { networkAsPayer } from '../throttle/guesses.ts';
import { mailboxOf, mayMail } from '../throttle/mail-share.ts';
import { hashAccountPassword } from './find-by-password.ts';
import { eraseReplaced, keepAccount, proofEffect, replaceAccount } from './first-proof.ts';
import { aboutAccount } from './mail-cause.ts';
import { notifyAccount } from './notify.ts';

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
  /** Whoever is signed in where the page is: their own account is meant, if it has the address. */
  within?: Account | undefined;
  /**
   * Sandbox only: the app through whose popup the page was opened. Its own accounts are recovered, else those of no app. Without it, these
   * alone, or the app's of whoever is signed in.
   */
  appId?: string | undefined;
}

export type ResetRequest = { outcome: 'mailed' } | { outcome: 'too_many_attempts'; retryAfterMs: number };

/**
 * Mails a link to choose a new password, which works once and for an hour. Neither the answer nor its timing reveals whether the account
 * exists: an address without an account gets a mail that says so.
 */
export async function requestPasswordReset(context: DomainContext, request: RecoveryRequest): Promise<ResetRequest> {
  const { rows, throttle } = context;
  const { address } = request;
  const retryAfterMs = await throttle.count('resetByAddress', { address });
  if (retryAfterMs > 0) return { outcome: 'too_many_attempts', retryAfterMs };
  // What others asked for limits the mails, not the form. The links of an hour ago still work, so the mailbox has one.
  const mailbox = mailboxOf(context, request.email, appAt(request));
  const isDue = await mayMail(throttle, 'reset', { mailbox, address });
  if (!isDue) return { outcome: 'mailed' };
  await mailReset(context, request, recoverable(await meantBy(rows, request)));
  return { outcome: 'mailed' };
}

/** The app whose accounts are meant. */
function appAt({ appId, within }: RecoveryRequest): string | undefined {
  return appId ?? within?.appId;
}

/** A stranger's later claim must not come between somebody who is signed in and the account that they mean. */
async function meantBy({ accounts }: DomainContext['rows'], request: RecoveryRequest): Promise<Account | undefined> {
  const { email, within } = request;
  const at = appAt(request);
  const found = await accounts.findRecoverable(email, at);
  const isWithin = within?.email !== undefined && emailKey(within.email) === emailKey(email) && belongsTo(within, at);
  return isWithin && !found?.emailVerified ? within : found;
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
    return mailer.send(noAccountMail(email, mailer.languageFor(languages), config.platformName), cause);
  };
  if (!account) {
    await rows.oidcRecords.save(DECOY, randomId(), {}, LINK_LIFETIME_SECONDS);
    await sendNoAccount();
    return;
  }
  // The account belongs to no app, so its mail is in no inbox. This app's must not tell that there is one.
  if (appId !== undefined && account.appId !== appId) await sendNoAccount();
  const code = await rows.emailCodes.create(account.id, email, LINK_LIFETIME_SECONDS, 'reset_password');
  const link = `${issuer}/account/reset-password?code=${code}`;
  const language = mailer.languageFor([...preferred(account), ...languages]);
  const resetMail = account.emailVerified ? resetPasswordMail : replaceAccountMail;
  // Sent to the account's own spelling of the address, because mail servers may distinguish upper and lower case.
  await mailer.send(
    resetMail(account.email ?? email, language, config.platformName, {
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
 * Sets a new password by the code from the mail. All sessions end and all other mailed links stop working. The person has read the mail of
 * the address, so it becomes verified. If it was not verified before, and the person is not signed in to the account here, the account is
 * replaced, because a stranger may have created it.
 *
 * @param by.within see {@link proofEffect}
 * @param by.languages BCP 47, in order of preference
 * @param by.address network address, whose place in the queue of hashes it takes
 * @returns the account that has the password now; undefined when the code is unknown, used or expired, or when the account no longer has
 * the address
 */
export async function resetPassword(
  context: DomainContext,
  code: string,
  password: string,
  by: { within: string | undefined; languages: readonly string[]; address?: string },
): Promise<Account | undefined> {
  const meant = await findReset(context, code);
  if (!meant?.email) return undefined;
  // Hashed before the transaction, which should be short.
  const passwordHash = await hashAccountPassword(context, meant.email, password, networkAsPayer(by.address));
  const set = await inTransaction(context, async (part) => {
    const claim = await part.rows.emailCodes.consume(code, 'reset_password');
    const found = claim && (await accountOf(part.rows, claim));
    return found?.email ? setPassword(part, { ...found, email: found.email }, passwordHash, by) : undefined;
  }).catch((error) => {
    if (error instanceof KeptError) return undefined;
    throw error;
  });
  if (!set) return undefined;
  const { owner: account, replaced } = set;
  if (replaced) await eraseReplaced(context, replaced);
  return account;
}

async function setPassword(
  part: DomainContext,
  account: Account & { email: string },
  passwordHash: string,
  { within, languages }: { within: string | undefined; languages: readonly string[] },
): Promise<{ owner: Account; replaced?: EndedClaims }> {
  if (proofEffect(account, within) === 'ends') {
    const anew = await replaceAccount(part, account, passwordHash);
    await notifyAccount(part, anew.owner, { kind: 'started_anew' }, { languages });
    return anew;
  }
  // If another account has verified the address since the mail was sent, this account's address stays unverified.
  await keepAccount(part, account);
  return { owner: await replacePassword(part, account, passwordHash, languages) };
}

/** Sets a password that the person has not proven to know the one before. Whoever knew that is signed out. */
async function replacePassword(
  part: DomainContext,
  account: Account,
  passwordHash: string,
  languages: readonly string[],
): Promise<Account> {
  const { rows } = part;
  await rows.sessions.endAll(account.id);
  await rows.accounts.setPasswordHash(account.id, passwordHash);
  // Not even the browser in which it is chosen: reading the mail is one factor, and its cookie may be an old one that somebody has copied.
  await rows.knownBrowsers.trustNone(account.id);
  await rows.emailCodes.revoke(account.id, 'reset_password');
  await rows.emailCodes.revoke(account.id, 'change_email');
  await notifyAccount(part, account, { kind: 'password_reset' }, { languages });
  // Read again, because a sign-in that goes on from here is newer than those that have just been ended.
  return (await rows.accounts.find(account.id)) ?? { ...account, passwordHash };
}

/**
 * Sets a new password for somebody who has just proven otherwise to be the account's person, such as by a code. All sessions end, popups in
 * which the account is signed in or about to be, and all mailed links.
 * @param languages BCP 47, in order of preference
 */
export async function chooseNewPassword(
  context: DomainContext,
  account: Account,
  passwordHash: string,
  languages: readonly string[],
): Promise<Account> {
  return inTransaction(context, (part) => replacePassword(part, account, passwordHash, languages));
}
