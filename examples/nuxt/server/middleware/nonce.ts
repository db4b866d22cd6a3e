/** Each view of the page has a nonce, which works once, and in this browser alone. */
export default defineEventHandler((event) => {
  if (event.path !== '/') return;
  const { session, nonce } = addNonce(getCookie(event, 'session'));
  const secure = getRequestProtocol(event) === 'https';
  setCookie(event, 'session', session, { httpOnly: true, sameSite: 'lax', secure });
  event.context.nonce = nonce;
});
