import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { cookieOf, hashOfBrowser } from './browser-cookie.ts';
import type { RealmContext } from './realm-context.ts';

type Keeper = Pick<RealmContext, 'issuer'>;

const BYTES = 16;
/** As long as a copy of a test person lasts. Each pick begins it anew, so that the cookie outlives every copy. */
const LIFETIME_SECONDS = 24 * 60 * 60;

/**
 * By which the sandbox knows the browser whose copies of test people they are. It is no session: it says whom a click on a test person
 * makes one, and signs nobody in. Strict, because only forms of our own pages need it.
 */
function nameOf({ issuer }: Keeper): string {
  return `${issuer.startsWith('https:') ? '__Host-' : ''}sandbox-test-people`;
}

/** What storage knows a request's browser by; undefined when it has picked nobody of late. */
export function testPeopleOf(keeper: Keeper, request: IncomingMessage): string | undefined {
  const value = valueIn(keeper, request);
  return value === undefined ? undefined : hashOfBrowser(value);
}

/** The same; a browser that is new gets a cookie, and any other one keeps its own for another day. */
export function ensureTestPeople(keeper: Keeper, request: IncomingMessage, response: ServerResponse): string {
  const value = valueIn(keeper, request) ?? randomBytes(BYTES).toString('base64url');
  setCookie(keeper, response, value, LIFETIME_SECONDS);
  return hashOfBrowser(value);
}

export function forgetTestPeople(keeper: Keeper, response: ServerResponse): void {
  setCookie(keeper, response, '', 0);
}

function valueIn(keeper: Keeper, { headers }: IncomingMessage): string | undefined {
  const value = cookieOf(headers.cookie, nameOf(keeper));
  return value !== undefined && /^[\w-]{22}$/.test(value) ? value : undefined;
}

function setCookie(keeper: Keeper, response: ServerResponse, value: string, lifetimeSeconds: number): void {
  const secure = keeper.issuer.startsWith('https:') ? '; Secure' : '';
  response.appendHeader(
    'set-cookie',
    `${nameOf(keeper)}=${value}; Path=/; Max-Age=${lifetimeSeconds}; HttpOnly; SameSite=Strict${secure}`,
  );
}
