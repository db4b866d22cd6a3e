import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { isDeviceOf, type KnownDevice, recogniseDevice } from '../domain/accounts/known-device.ts';
import type { RealmContext } from '../http/realm-context.ts';
import type { Account } from '../storage/accounts.ts';
import { hashSecret } from '../storage/ids.ts';
import { DAY_SECONDS } from './lifetimes.ts';

/** The longest that browsers keep a cookie. */
const LIFETIME_SECONDS = 400 * DAY_SECONDS;
/** People who share one browser. */
const MAX_DEVICES = 5;
const MAX_COOKIE_LENGTH = 1_000;

const deviceSchema = z
  .string()
  .max(MAX_COOKIE_LENGTH)
  .regex(/^[\w-]+(\.[\w-]+){2}$/)
  .transform((text): KnownDevice => {
    const [accountId = '', deviceId = '', mac = ''] = text.split('.');
    return { accountId, deviceId, mac };
  });

export type CookieContext = Pick<RealmContext, 'realm' | 'issuer' | 'cookieKey'>;

/** The accounts that say, by the browser's cookie, that they have signed in there before. Not checked yet. */
export function devicesOf(context: CookieContext, request: Pick<IncomingMessage, 'headers'>): KnownDevice[] {
  const prefix = `${nameOf(context)}=`;
  const line = (request.headers.cookie ?? '').split(';').find((each) => each.trimStart().startsWith(prefix));
  const texts = line === undefined ? [] : line.trim().slice(prefix.length).split('~', MAX_DEVICES);
  return texts.map((text) => deviceSchema.safeParse(text)).flatMap(({ data }) => (data ? [data] : []));
}

/** The browser as the account knows it from its next sign-in there on, and whether it did before. */
export function deviceFor(
  context: CookieContext,
  request: Pick<IncomingMessage, 'headers'>,
  account: Account,
): { device: KnownDevice; wasKnown: boolean } {
  const own = devicesOf(context, request).find(({ accountId }) => accountId === account.id);
  return {
    device: recogniseDevice(context.cookieKey, account, own?.deviceId),
    wasKnown: own !== undefined && isDeviceOf(context.cookieKey, account, own),
  };
}

/** A browser of an account, as {@link KnownBrowserRepository} and sessions store it. */
export function browserHashOf({ deviceId }: KnownDevice): string {
  return hashSecret(deviceId);
}

/** Has the browser remember that this account signed in there. @param device see {@link deviceFor}, which is the default */
export function rememberDevice(
  context: CookieContext,
  request: IncomingMessage,
  response: ServerResponse,
  account: Account,
  { device } = deviceFor(context, request, account),
): void {
  const earlier = devicesOf(context, request);
  const own = earlier.find(({ accountId }) => accountId === account.id);
  const devices = [device, ...earlier.filter((each) => each !== own)].slice(0, MAX_DEVICES);
  const value = devices.map(({ accountId, deviceId, mac }) => `${accountId}.${deviceId}.${mac}`).join('~');
  const secure = isSecure(context) ? '; Secure' : '';
  response.appendHeader(
    'set-cookie',
    `${nameOf(context)}=${value}; Path=/; Max-Age=${LIFETIME_SECONDS}; HttpOnly; SameSite=Lax${secure}`,
  );
}

/** Not the engine's: a browser keeps it when the session ends. */
function nameOf(context: CookieContext): string {
  return `${isSecure(context) ? '__Host-' : ''}${context.realm}-devices`;
}

function isSecure({ issuer }: CookieContext): boolean {
  return issuer.startsWith('https:');
}
