import { addressInUseMail, newAddressMail } from '../../mail/messages.ts';
import { type Account, EmailTakenError, emailKey } from '../../storage/accounts.ts';
import type { DomainContext } from '../context.ts';
import { mailboxOf, mayMail } from '../throttle/mail-share.ts';
import { aboutAccount } from './mail-cause.ts';
import { notifyAccount } from './notify.ts';
import { keepForPages } from './sandbox-mail.ts';

/** How long the link in the mail works. */
export const EMAIL_CHANGE_HOURS = 24;
const LINK_LIFETIME_SECONDS = EMAIL_CHANGE_HOURS * 60 * 60;

export type EmailChangeRequest =
  /** `not_mailed`: the new address has had enough of these mails today, so there is no link, and an earlier one still works. */
  { outcome: 'mailed' | 'not_mailed' | 'same_address' } | { outcome: 'too_many_attempts'; retryAfterMs: number };

/**
 * Mails a link to the address that a person wants for their account. The old address stays until the link is used. Only the mail says
 * whether the new address belongs to another account. A code is created either way, so that both cases take the same time.
 *
 * @param by.languages BCP 47, in order of preference
 * @param by.address network address, whose share of the mails it takes
 */
export async function requestEmailChange(
  context: DomainContext,
  account: Account,
  email: string,
  { languages, address }: { languages: readonly string[]; address: string | undefined },
): Promise<EmailChangeRequest> {
  const { rows, throttle, mailer, issuer, config } = context;
  if (account.email && emailKey(account.email) === emailKey(email)) return { outcome: 'same_address' };
  const retryAfterMs =
    (await throttle.count('changeEmailByAccount', account.id)) ||
    (await throttle.count('changeEmailByAccountAndEmail', JSON.stringify([account.id, emailKey(email)])));
  if (retryAfterMs > 0) return { outcome: 'too_many_attempts', retryAfterMs };
  const mailbox = mailboxOf(context, email, account.browserHash ?? account.appId);
  if (!(await mayMail(throttle, 'changeEmail', { mailbox, address }))) return { outcome: 'not_mailed' };

  const isTaken =
    (await rows.accounts.isVerified(email, account.appId)) || (await isOutOfReach(context, account, email));
  await rows.emailCodes.revoke(account.id, 'change_email');
  const code = await rows.emailCodes.create(account.id, email, LINK_LIFETIME_SECONDS, 'change_email');
  const link = `${issuer}/account/security/new-email?code=${code}`;
  const language = mailer.languageFor(languages);
  await mailer.send(
    isTaken
      ? addressInUseMail(email, language, config.platformName)
      : newAddressMail(email, language, config.platformName, { link, lifetimeSeconds: LINK_LIFETIME_SECONDS }),
    aboutAccount(context, account),
  );
  await keepForPages(context, account, { to: email, link }, LINK_LIFETIME_SECONDS);
  return { outcome: 'mailed' };
}

/**
 * Whether a copy of a test person may not have the address, because somebody has confirmed it. Its own pages show the link of the mail, so
 * that the link proves nothing, and at each shop it would pass for whoever has the address there. Whoever confirms an address that a
 * copy has already is found before it.
 */
async function isOutOfReach({ rows }: DomainContext, { browserHash }: Account, email: string): Promise<boolean> {
  return browserHash !== undefined && (await rows.accounts.isSomebodys(email));
}

/** The address that a code would give to an account. Does not consume the code. */
export async function findEmailChange(
  { rows }: DomainContext,
  account: Pick<Account, 'id'>,
  code: string,
): Promise<string | undefined> {
  const claim = await rows.emailCodes.find(code, 'change_email');
  return claim?.accountId === account.id ? claim.email : undefined;
}

/**
 * Gives an account the address that the code was mailed to, as verified. Both addresses are notified, and every link that was mailed to
 * the old one stops working.
 *
 * @param account signed in, because reading the mail alone does not prove that the reader wants the change
 * @returns false when the code is unknown, used, expired or of another account, or when another account has verified the address
 */
export async function changeEmail(
  context: DomainContext,
  account: Account,
  code: string,
  languages: readonly string[],
): Promise<boolean> {
  const { rows } = context;
  // Checked first, so that nobody can consume another account's code.
  if ((await findEmailChange(context, account, code)) === undefined) return false;
  const claim = await rows.emailCodes.consume(code, 'change_email');
  if (!claim || (await isOutOfReach(context, account, claim.email))) return false;
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
