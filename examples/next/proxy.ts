import { type NextRequest, NextResponse } from 'next/server';
import { addNonce } from './nonces';

/** Each view of the page has a nonce, which works once, and in this browser alone. */
export function proxy(request: NextRequest) {
  const { session, nonce } = addNonce(request.cookies.get('session')?.value);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  const response = NextResponse.next({ request: { headers } });
  const secure = request.headers.get('x-forwarded-proto') === 'https';
  response.cookies.set('session', session, { httpOnly: true, sameSite: 'lax', secure });
  return response;
}

export const config = { matcher: '/' };
