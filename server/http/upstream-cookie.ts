import type { IncomingMessage, ServerResponse } from 'node:http';
import { cookieOf } from './browser-cookie.ts';
import type { RealmContext } from './realm-context.ts';

type Keeper = Pick<RealmContext, 'issuer' | 'realm'>;

/** By which other login this browser was signed in last, so that signing out here can lead to signing out there. It opens nothing. */
const nameOf = ({ realm, issuer }: Keeper) => `${issuer.startsWith('https:') ? '__Host-' : ''}${realm}-upstream`;

function setUpstream(keeper: Keeper, response: ServerResponse, value: string, more = ''): void {
  const secure = keeper.issuer.startsWith('https:') ? '; Secure' : '';
  response.appendHeader('set-cookie', `${nameOf(keeper)}=${value}; Path=/; HttpOnly; SameSite=Lax${secure}${more}`);
}

/** @param id of the operator's setting */
export function rememberUpstream(keeper: Keeper, response: ServerResponse, id: string): void {
  setUpstream(keeper, response, id);
}

/** The id, once. */
export function takeUpstream(keeper: Keeper, request: IncomingMessage, response: ServerResponse): string | undefined {
  const id = cookieOf(request.headers.cookie, nameOf(keeper));
  if (id !== undefined) setUpstream(keeper, response, '', '; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT');
  return id;
}
