import { mailLanguage } from '../../mail/mail-language.ts';
import { addressKnownMail, confirmAddressMail } from '../../mail/messages.ts';
import { type Account, EmailTakenError } from '../../storage/accounts.ts';
import type { DomainContext } from '../context.ts';
import { aboutAccount } from './mail-cause.ts';
import { keepForPages } from './sandbox-mail.ts';

const LINK_LIFETIME_SECONDS = 24 * 60 * 60;

/**
 * Mails the address of a new account: a link that confirms it or, when another account has confirmed the address, a notice of the attempt.
 * A code and a mail are created either way, so that both cases take the same time. In the second case the code is never sent.
 */
export async function mailNewAddress(
  context: DomainContext,
  claim: {
    account: Pick<Account, 'id' | 'appId'>;
    email: string;
    languages: readonly string[];
    addressKnown: boolean;
  },
): Promise<void> {
  const { rows, mailer, issuer, config } = context;
  const code = await rows.emailCodes.create(claim.account.id, claim.email, LINK_LIFETIME_SECONDS);
  // Whoever opens it, in which browser too, reads on in the language of the mail.
  const { tag } = mailLanguage(claim.languages);
  const link = `${issuer}/confirm-email?code=${code}&language=${tag}`;
  await mailer.send(
    claim.addressKnown
      ? addressKnownMail(claim.email, claim.languages, config.platformName)
      : confirmAddressMail(claim.email, claim.languages, config.platformName, {
          link,
          lifetimeSeconds: LINK_LIFETIME_SECONDS,
        }),
    aboutAccount(context, claim.account),
  );
  await keepForPages(context, claim.account, { to: claim.email, link }, LINK_LIFETIME_SECONDS);
}

export type ConfirmationRequest =
  | { outcome: 'mailed' | 'not_needed' }
  | { outcome: 'too_many_attempts'; retryAfterMs: number };

/**
 * Mails the link again, or a notice when another account has confirmed the address since.
 * @param languages BCP 47, in order of preference
 */
export async function mailConfirmationAgain(
  context: DomainContext,
  account: Account,
  languages: readonly string[],
): Promise<ConfirmationRequest> {
  const { email, emailVerified } = account;
  if (!email || emailVerified) return { outcome: 'not_needed' };
  const retryAfterMs = await context.throttle.count('confirmAgain', account.id);
  if (retryAfterMs > 0) return { outcome: 'too_many_attempts', retryAfterMs };
  const addressKnown = (await context.rows.accounts.findByEmail(email)).some((other) => other.emailVerified);
  await mailNewAddress(context, { account, email, languages, addressKnown });
  return { outcome: 'mailed' };
}

/**
 * Confirms an address by the code in the link.
 * @returns false when the code is unknown, used or expired, or when another account has confirmed the address
 */
export async function confirmEmail({ rows }: DomainContext, code: string): Promise<boolean> {
  const claim = await rows.emailCodes.consume(code);
  if (!claim) return false;
  try {
    await rows.accounts.markEmailVerified(claim.accountId, claim.email);
    return true;
  } catch (error) {
    if (error instanceof EmailTakenError) return false;
    throw error;
  }
}
