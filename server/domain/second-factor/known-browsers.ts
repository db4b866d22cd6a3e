import type { Account } from '../../storage/accounts.ts';
import { isShared } from '../../storage/accounts.ts';
import type { KnownBrowser } from '../../storage/known-browsers.ts';
import { isDeviceOf, type KnownDevice } from '../accounts/known-device.ts';
import type { DomainContext } from '../context.ts';
import { recognizeDevice } from '../values/device.ts';
import { TRUST_DAYS } from './format.ts';
import { tellOwner } from './tell-owner.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Who has just made an account has signed in from one browser alone. */
const NEW_ACCOUNT_MS = 60 * 60 * 1000;

type DeviceContext = DomainContext & { readonly cookieKey: string };

/**
 * The browser, if the account has signed in there, with every factor, and with the password that it still has. A new password makes every
 * browser unknown, except the one in which it was chosen.
 */
export async function findKnownBrowser(
  { cookieKey, rows }: Pick<DeviceContext, 'cookieKey' | 'rows'>,
  account: Account,
  devices: readonly KnownDevice[],
): Promise<KnownBrowser | undefined> {
  const device = devices.find((each) => isDeviceOf(cookieKey, account, each));
  // Whoever has chosen a new password by a mailed link has such a cookie, too, and may not have signed in.
  return device && rows.knownBrowsers.find(account.id, device.deviceId);
}

/** Whether the owner has said there, not too long ago, that they do not want to be asked for the second factor, and nothing has ended it. */
export async function isTrusted(
  context: Pick<DeviceContext, 'cookieKey' | 'rows'>,
  account: Account,
  devices: readonly KnownDevice[],
): Promise<boolean> {
  const known = await findKnownBrowser(context, account, devices);
  return known?.trustedUntil !== undefined && known.trustedUntil.getTime() > Date.now();
}

/** A sign-in that has just come to its end. */
export interface SignedIn {
  /** Number of the browser, as the account knows it from now on. */
  deviceId: string;
  /** Whether the browser said so before, by its cookie. */
  wasKnown: boolean;
  userAgent: string | undefined;
  /** The owner does not want to be asked for the second factor there again. */
  trust?: boolean;
  /** BCP 47, in order of preference. */
  languages: readonly string[];
}

/** Notes the browser of a sign-in, and tells the owner when the account did not know it. */
export async function noteSignIn(context: DomainContext, account: Account, how: SignedIn): Promise<void> {
  if (isShared(account)) return;
  const trustedUntil = how.trust ? new Date(Date.now() + TRUST_DAYS * DAY_MS) : undefined;
  const { userAgent } = how;
  const { isNew, isFirst } = await context.rows.knownBrowsers.seen(account.id, how.deviceId, {
    userAgent,
    trustedUntil,
  });
  if (!isNew || account.persona !== undefined) return;
  // An account of before browsers were noted has none, although it knows this one; a new account has none either.
  const isExpected = isFirst && (how.wasKnown || account.createdAt.getTime() > Date.now() - NEW_ACCOUNT_MS);
  if (isExpected || (await context.throttle.count('newSignInMails', account.id)) > 0) return;
  const notice = { kind: 'new_sign_in', date: new Date(), ...browserNamed(userAgent) } as const;
  await tellOwner(context, account, notice, how.languages);
}

/** As the browser says of itself; it may say anything, of which we take what we know. */
function browserNamed(userAgent: string | undefined): { browser?: string } {
  const { browser, system } = recognizeDevice(userAgent);
  const name = [browser, system].filter(Boolean).join(' · ');
  return name === '' ? {} : { browser: name };
}

/**
 * Forgets a browser: its sessions end, and it is asked for the second factor when somebody signs in there.
 * @returns undefined when the account knows none of this name
 */
export async function forgetBrowser(
  { rows }: Pick<DomainContext, 'rows'>,
  account: Account,
  id: string,
): Promise<{ browser: KnownBrowser; sessionsEnded: number } | undefined> {
  const browser = await rows.knownBrowsers.forget(account.id, id);
  if (!browser) return undefined;
  return { browser, sessionsEnded: await rows.sessions.endInBrowser(account.id, browser.browserHash) };
}
