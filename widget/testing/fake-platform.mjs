/**
 * A platform for real popups: the test page's server under its other name, `127.0.0.1`, which is another origin. The `client_id` chooses
 * what the popup does.
 *
 * @returns {import('@web/test-runner').Middleware}
 */
export function fakePlatform() {
  return async (context, next) => {
    if (context.path === '/jwks') {
      context.set('Access-Control-Allow-Origin', '*');
      context.body = { keys: [] };
      return;
    }
    if (!context.path.startsWith('/popup')) return next();
    const { client_id: behaviour, state, origin } = context.query;
    context.type = 'html';
    // What a proxy says in the platform's place.
    if (behaviour === 'down') {
      context.status = 504;
      context.body = '<!doctype html><title>504 Gateway Time-out</title>';
      return;
    }
    // Cuts the popup off from its opener, for which `closed` is then true although the popup is open.
    if (behaviour === 'severed') context.set('Cross-Origin-Opener-Policy', 'same-origin');
    const issuer = context.origin;
    const ready = { type: 'signup-with-platform:ready', state };
    const response = { type: 'signup-with-platform:response', state, iss: issuer, code: 'code-of-the-popup' };
    const messages = { severed: [ready], silent: [], closes: [ready], answers: [ready, response] }[behaviour] ?? [];
    const closes = behaviour === 'closes' || behaviour === 'answers';
    context.body = `<!doctype html><title>Popup</title><script>
      for (const message of ${JSON.stringify(messages)}) opener?.postMessage(message, ${JSON.stringify(origin)});
      if (${closes}) setTimeout(close, 50);
    </script>`;
  };
}
