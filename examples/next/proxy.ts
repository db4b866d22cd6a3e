import { type NextRequest, NextResponse } from 'next/server';

/** Each view of the page has a nonce, and this browser keeps those of its last views: people open a second tab. */
export function proxy(request: NextRequest) {
  const nonce = crypto.randomUUID();
  const kept = request.cookies.get('nonces')?.value.split('.').slice(0, 9) ?? [];
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  const response = NextResponse.next({ request: { headers } });
  response.cookies.set('nonces', [nonce, ...kept].join('.'), { httpOnly: true, sameSite: 'lax' });
  return response;
}

export const config = { matcher: '/' };
