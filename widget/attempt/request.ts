/** In milliseconds. A platform that takes longer is not expected to answer. */
const TIMEOUT_MS = 30_000;

/**
 * Asks the platform for something that every page may read. Pages wrap `fetch`, and a wrapper that adds credentials makes the browser refuse
 * such an answer, so a second attempt uses XMLHttpRequest.
 *
 * @throws when neither gets an answer
 */
export async function ask(url: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(url, init);
    if (response instanceof Response) return response;
  } catch (error) {
    if (init.signal?.aborted) throw error;
  }
  return send('GET', url);
}

/**
 * A request without cookies or a page's wrapper around `fetch`.
 *
 * @throws TypeError when there is no answer
 */
export async function send(method: 'GET' | 'POST', url: string, body?: URLSearchParams): Promise<Response> {
  const request = new XMLHttpRequest();
  await new Promise((resolve, reject) => {
    request.open(method, url);
    request.timeout = TIMEOUT_MS;
    request.onload = resolve;
    request.onerror = request.ontimeout = () => reject(new TypeError(`${url} does not answer`));
    request.send(body);
  });
  const headers = new Headers();
  // Those that every page may read. Asking for others makes the browser complain.
  if (method === 'GET') for (const name of ['date', 'age']) headers.set(name, request.getResponseHeader(name) ?? '');
  return new Response(request.responseText, { status: request.status, headers });
}
