import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type KnownDevice, recogniseDevice } from '../domain/accounts/known-device.ts';
import type { RealmContext } from '../http/realm-context.ts';
import type { Account } from '../storage/accounts.ts';
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

type CookieContext = Pick<RealmContext, 'realm' | 'issuer' | 'cookieKey'>;

/** The accounts that say, by the browser's cookie, that they have signed in there before. Not checked yet. */
export function devicesOf(context: CookieContext, request: Pick<FastifyRequest, 'headers'>): KnownDevice[] {
  const prefix = `${nameOf(context)}=`;
  const line = (request.headers.cookie ?? '').split(';').find((each) => each.trimStart().startsWith(prefix));
  const texts = line === undefined ? [] : line.trim().slice(prefix.length).split('~', MAX_DEVICES);
  return texts.map((text) => deviceSchema.safeParse(text)).flatMap(({ data }) => (data ? [data] : []));
}

/** Has the browser remember that this account signed in there. */
export function rememberDevice(
  context: CookieContext,
  request: IncomingMessage,
  response: ServerResponse,
  account: Account | undefined,
): void {
  const earlier = devicesOf(context, request);
  const own = earlier.find(({ accountId }) => accountId === account?.id);
  const device = account && recogniseDevice(context.cookieKey, account, own?.deviceId);
  if (!device) return;
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
