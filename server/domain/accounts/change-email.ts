import { addressInUseMail, newAddressMail } from '../../mail/messages.ts';
import { type Account, EmailTakenError, emailKey } from '../../storage/accounts.ts';
import type { DomainContext } from '../context.ts';
import { notifyAccount } from './notify.ts';

/** How long the link in the mail works. */
export const EMAIL_CHANGE_HOURS = 24;
const LINK_LIFETIME_SECONDS = EMAIL_CHANGE_HOURS * 60 * 60;

export type EmailChangeRequest =
  | { outcome: 'mailed' }
  | { outcome: 'same_address' }
  | { outcome: 'too_many_attempts'; retryAfterMs: number };

/**
 * Mails a link to an address that somebody wants for their account. The old address stays in force until it is used. Whether the new
 * one belongs to another account is told by mail only, to whoever reads it; a code is made either way, so that both take the same work.
 *
 * @param languages BCP 47, in order of preference
 */
export async function requestEmailChange(
  { rows, throttle, mailer, issuer, config }: DomainContext,
  account: Account,
  email: string,
  languages: readonly string[],
): Promise<EmailChangeRequest> {
  if (account.email && emailKey(account.email) === emailKey(email)) return { outcome: 'same_address' };
  const retryAfterMs = Math.max(
    await throttle.count('changeEmailByAccount', account.id),
    await throttle.count('changeEmailByEmail', emailKey(email)),
  );
  if (retryAfterMs > 0) return { outcome: 'too_many_attempts', retryAfterMs };

  const isTaken = (await rows.accounts.findByEmail(email)).some(({ emailVerified }) => emailVerified);
  await rows.emailCodes.revoke(account.id, 'change_email');
  const code = await rows.emailCodes.create(account.id, email, LINK_LIFETIME_SECONDS, 'change_email');
  const link = `${issuer}/account/security/new-email?code=${code}`;
  await mailer.send(
    isTaken
      ? addressInUseMail(email, languages, config.platformName)
      : newAddressMail(email, languages, config.platformName, { link, lifetimeSeconds: LINK_LIFETIME_SECONDS }),
  );
  return { outcome: 'mailed' };
}

/** The address that a code would give to an account, without using it up. */
export async function findEmailChange(
  { rows }: DomainContext,
  account: Pick<Account, 'id'>,
  code: string,
): Promise<string | undefined> {
  const claim = await rows.emailCodes.find(code, 'change_email');
  return claim?.accountId === account.id ? claim.email : undefined;
}

/**
 * Gives an account the address that the code was mailed to, verified. Both addresses hear of it. Every link that was mailed to the old
 * one ends with it.
 *
 * @param account signed in: an address is not taken on by somebody who merely reads its mail (and may not know what for)
 * @returns false when the code is unknown, used, expired, of another account, or the address has a verified owner by now
 */
export async function changeEmail(
  context: DomainContext,
  account: Account,
  code: string,
  languages: readonly string[],
): Promise<boolean> {
  const { rows } = context;
  // A code of somebody else's is not used up by trying.
  if ((await findEmailChange(context, account, code)) === undefined) return false;
  const claim = await rows.emailCodes.consume(code, 'change_email');
  if (!claim) return false;
  try {
    await rows.accounts.changeEmail(account.id, claim.email);
  } catch (error) {
    if (error instanceof EmailTakenError) return false;
    throw error;
  }
  for (const purpose of ['verify_email', 'reset_password', 'change_email'] as const) {
    await rows.emailCodes.revoke(account.id, purpose);
  }
  const notice = { kind: 'email_changed', from: account.email ?? '–', to: claim.email } as const;
  for (const to of [account.email, claim.email]) {
    if (to) await notifyAccount(context, account, notice, { languages, to });
  }
  return true;
}
