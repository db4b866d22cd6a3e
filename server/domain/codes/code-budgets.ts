import type { Account } from '../../storage/accounts.ts';
import type { CodeFormat, MailedCode } from '../../storage/mailed-codes.ts';
import { isDeviceOf, type KnownDevice } from '../accounts/known-device.ts';
import type { DomainContext } from '../context.ts';
import { LIMITS } from '../throttle/limits.ts';
import { mailboxOf, mayMail } from '../throttle/mail-share.ts';

/** How often a code may be tried. */
export const MAX_TRIES = 5;
/** How long a code works. */
export const CODE_MINUTES = 10;
export const CODE_LIFETIME_MS = CODE_MINUTES * 60 * 1000;
/** Before another code can be asked for. It doubles each time, until a code has expired anyway. */
const FIRST_PAUSE_MS = 30_000;
/** What wrong codes are counted for. */
export interface GuessedAt {
  /** The known browser, or everybody else with the mailbox. */
  readonly subject: string;
  /** Of strangers, whose network counts, too. */
  readonly address?: string | undefined;
}

/** What people lose if strangers guess at their address: not the way in, but the shorter code. */
const WRONG_CODES = ['wrongCodes', 'wrongCodesLately'] as const;

type CodeContext = Pick<DomainContext, 'realm' | 'throttle'>;

/** Milliseconds until the place may ask for another code to the same address. */
export function pauseAfter({ sent, sentAt }: Pick<MailedCode, 'sent' | 'sentAt'>): number {
  const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (sent - 1), CODE_LIFETIME_MS);
  return Math.max(sentAt.getTime() + pauseMs - Date.now(), 0);
}

/**
 * The browser as the known one of an account, of which its wrong codes and its mails are counted. Only of the account that has verified the
 * address: whoever claims somebody's address gets nothing of its owner's by that.
 */
export function knownBrowser(
  { cookieKey }: { cookieKey: string },
  account: Account | undefined,
  devices: readonly KnownDevice[],
): string | undefined {
  const device = account && devices.find((each) => isDeviceOf(cookieKey, account, each));
  return device && JSON.stringify([device.accountId, device.deviceId]);
}

export function guessedAt(
  context: CodeContext,
  { email, device }: Pick<MailedCode, 'email' | 'device'>,
  { owner, address }: { owner: string | undefined; address: string | undefined },
): GuessedAt {
  if (device !== undefined) return { subject: JSON.stringify(['browser', device]) };
  return { subject: JSON.stringify(['mailbox', context.realm, mailboxOf(context, email, owner)]), address };
}

/** Six digits, until too many were wrong today, or lately. Nobody is locked out then: ten characters cannot be guessed. */
export async function formatFor({ throttle }: CodeContext, { subject, address }: GuessedAt): Promise<CodeFormat> {
  for (const act of WRONG_CODES)
    if ((await throttle.look(act, subject)).attempts >= LIMITS[act].points) return 'characters';
  return (await throttle.look('wrongCodesByNetwork', { address })).waitMs > 0 ? 'characters' : 'digits';
}

/**
 * Counts a try at six digits before it is compared, so that tries at the same moment do not get around the limit.
 * @returns false when too many were wrong, also at other codes of the address, or from the network: then it is not compared
 */
export async function admitTry({ throttle }: CodeContext, { subject, address }: GuessedAt): Promise<boolean> {
  if ((await throttle.count('wrongCodesByNetwork', { address })) > 0) return false;
  for (const act of WRONG_CODES) if ((await throttle.tally(act, subject)) > LIMITS[act].points) return false;
  return true;
}

/** Uncounts a try that was right. */
export async function giveBackTry({ throttle }: CodeContext, { subject, address }: GuessedAt): Promise<void> {
  await throttle.giveBack('wrongCodesByNetwork', { address });
  for (const act of WRONG_CODES) await throttle.giveBack(act, subject);
}

/** Whether the address may be mailed another code. A known browser has mails of its own, which nobody else uses up. */
export async function mayMailCode(
  context: CodeContext,
  { email, device }: Pick<MailedCode, 'email' | 'device'>,
  { owner, address }: { owner: string | undefined; address: string | undefined },
): Promise<boolean> {
  const { throttle } = context;
  if (device !== undefined && (await throttle.count('codeMailsByDevice', device)) === 0) return true;
  return mayMail(throttle, 'code', { mailbox: mailboxOf(context, email, owner), address });
}
