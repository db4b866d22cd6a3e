import { confirmAddressMail } from '../mail/messages.ts';
import type { RealmContext } from '../realm.ts';
import { EmailTakenError } from '../storage/accounts.ts';

const LINK_LIFETIME_SECONDS = 24 * 60 * 60;

/** Mails the link with which the owner of an address confirms it. */
export async function sendConfirmation(
  { rows, mailer, issuer, config }: RealmContext,
  claim: { accountId: string; email: string; languages: readonly string[] },
): Promise<void> {
  const code = await rows.emailCodes.create(claim.accountId, claim.email, LINK_LIFETIME_SECONDS);
  const link = `${issuer}/confirm-email?code=${code}`;
  await mailer.send(confirmAddressMail(claim.email, claim.languages, config.platformName, link));
}

/** Takes the code from the link. @returns false when it is unknown, used, expired, or the address has a confirmed owner by now */
export async function confirmEmail({ rows }: RealmContext, code: string): Promise<boolean> {
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
