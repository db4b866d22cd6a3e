/** Each view of the page has a nonce, and this browser keeps those of its last views: people open a second tab. */
export default defineEventHandler((event) => {
  if (event.path !== '/') return;
  const nonce = crypto.randomUUID();
  const kept = getCookie(event, 'nonces')?.split('.').slice(0, 9) ?? [];
  setCookie(event, 'nonces', [nonce, ...kept].join('.'), { httpOnly: true, sameSite: 'lax' });
  event.context.nonce = nonce;
});
