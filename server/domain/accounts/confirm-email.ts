import { addressKnownMail, confirmAddressMail } from '../../mail/messages.ts';
import { type Account, emailKey } from '../../storage/accounts.ts';
import type { EmailClaim } from '../../storage/email-codes.ts';
import { KeptError } from '../../storage/erase-account.ts';
import { type DomainContext, inTransaction } from '../context.ts';
import { networkAsPayer } from '../throttle/guesses.ts';
import { mailboxOf, mayMail } from '../throttle/mail-share.ts';
import { hashAccountPassword } from './find-by-password.ts';
import { eraseReplaced, keepAccount, proofEffect, replaceAccount } from './first-proof.ts';
import { aboutAccount } from './mail-cause.ts';
import { notifyAccount } from './notify.ts';
import { keepForPages } from './sandbox-mail.ts';
import { forgetUnsentMail, noteUnsentMail } from './unsent-mail.ts';

const LINK_LIFETIME_SECONDS = 24 * 60 * 60;

/**
 * Mails the address of a new account: a link that confirms it or, when another account has confirmed the address, a notice of the attempt.
 * A code and a mail are created either way, so that both cases take the same time. In the second case the code is never sent.
 */
export async function mailNewAddress(
  context: DomainContext,
  claim: {
    account: Pick<Account, 'id' | 'appId' | 'browserHash'>;
    email: string;
    languages: readonly string[];
    addressKnown: boolean;
  },
): Promise<void> {
  const { rows, mailer, issuer, config } = context;
  const code = await rows.emailCodes.create(claim.account.id, claim.email, LINK_LIFETIME_SECONDS);
  // Whoever opens it, in which browser too, reads on in the language of the mail.
  const language = mailer.languageFor(claim.languages);
  const link = `${issuer}/confirm-email?code=${code}&language=${language.tag}`;
  await mailer.send(
    claim.addressKnown
      ? addressKnownMail(claim.email, language, config.platformName)
      : confirmAddressMail(claim.email, language, config.platformName, {
          link,
          lifetimeSeconds: LINK_LIFETIME_SECONDS,
        }),
    aboutAccount(context, claim.account),
  );
  await keepForPages(context, claim.account, { to: claim.email, link }, LINK_LIFETIME_SECONDS);
}

/** Mails the address of a new account, or notes for its person that the address has had enough mails today. */
export async function mailNewAccount(
  context: DomainContext,
  { mayMail: isDue, ...claim }: Parameters<typeof mailNewAddress>[1] & { mayMail: boolean },
): Promise<void> {
  await (isDue ? mailNewAddress(context, claim) : noteUnsentMail(context, claim.account));
}

export type ConfirmationRequest =
  /** `not_mailed`: the address has had enough of these mails today. */
  { outcome: 'mailed' | 'not_mailed' | 'not_needed' } | { outcome: 'too_many_attempts'; retryAfterMs: number };

/**
 * Mails the link again, or a notice when another account has confirmed the address since.
 * @param languages BCP 47, in order of preference
 */
export async function mailConfirmationAgain(
  context: DomainContext,
  account: Account,
  languages: readonly string[],
  address?: string,
): Promise<ConfirmationRequest> {
  const { email, emailVerified } = account;
  if (!email || emailVerified) return { outcome: 'not_needed' };
  const { throttle } = context;
  const retryAfterMs = await throttle.count('confirmAgain', account.id);
  if (retryAfterMs > 0) return { outcome: 'too_many_attempts', retryAfterMs };
  const mailbox = mailboxOf(context, email, account.browserHash ?? account.appId);
  if (!(await mayMail(throttle, 'confirm', { mailbox, address }))) return { outcome: 'not_mailed' };
  const addressKnown = await context.rows.accounts.isVerified(email, account.appId);
  await mailNewAddress(context, { account, email, languages, addressKnown });
  await forgetUnsentMail(context, account);
  return { outcome: 'mailed' };
}

/** The account that the code in a link would confirm. Does not consume the code. */
export async function findConfirmation({ rows }: DomainContext, code: string): Promise<ConfirmableAccount | undefined> {
  const claim = await rows.emailCodes.find(code);
  return claim && confirmableAccount(rows, claim);
}

type ConfirmableAccount = Account & { email: string };

/** The account of a code, if it still has the address that the code was mailed to. Blocked accounts stay as they are. */
async function confirmableAccount(
  { accounts }: DomainContext['rows'],
  claim: EmailClaim,
): Promise<ConfirmableAccount | undefined> {
  const account = await accounts.find(claim.accountId);
  if (!account?.email || account.blocked || emailKey(account.email) !== emailKey(claim.email)) return undefined;
  return { ...account, email: account.email };
}

/**
 * `refused`: the code is unknown, used or expired, or another account has confirmed the address. `outside`: the person has not proven to
 * be the account's own, so that confirming would end it ({@link confirmAnew}). The code still works then.
 */
export type Confirmation = 'confirmed' | 'refused' | 'outside';

/**
 * Confirms an address by the code in the link.
 * @param within see {@link proofEffect}
 */
export function confirmEmail(context: DomainContext, code: string, within: string | undefined): Promise<Confirmation> {
  return inTransaction(context, async (part) => {
    const account = await findConfirmation(part, code);
    if (!account) return 'refused';
    if (proofEffect(account, within) === 'ends') return 'outside';
    if (!(await part.rows.emailCodes.consume(code))) return 'refused';
    return (await keepAccount(part, account)) ? 'confirmed' : 'refused';
  });
}

/**
 * Confirms an address by the code in the link, for an owner who does not know the account that claims it: the account is replaced.
 * @param by.languages BCP 47, in order of preference
 * @param by.address network address, whose place in the queue of hashes it takes
 * @returns the new account; undefined when the code is unknown, used or expired, or when the address was confirmed before
 */
export async function confirmAnew(
  context: DomainContext,
  code: string,
  password: string,
  { languages, address }: { languages: readonly string[]; address?: string },
): Promise<Account | undefined> {
  const meant = await findConfirmation(context, code);
  if (!meant) return undefined;
  // Hashed before the transaction, which should be short.
  const passwordHash = await hashAccountPassword(context, meant.email, password, networkAsPayer(address));
  try {
    const anew = await inTransaction(context, async (part) => {
      const claim = await part.rows.emailCodes.consume(code);
      const account = claim && (await confirmableAccount(part.rows, claim));
      if (!account || proofEffect(account, undefined) !== 'ends') return undefined;
      const anew = await replaceAccount(part, account, passwordHash);
      await notifyAccount(part, anew.owner, { kind: 'started_anew' }, { languages });
      return anew;
    });
    if (anew) await eraseReplaced(context, anew.replaced);
    return anew?.owner;
  } catch (error) {
    if (error instanceof KeptError) return undefined;
    throw error;
  }
}
