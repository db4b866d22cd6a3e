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
export function send(method: 'GET' | 'POST', url: string, body?: URLSearchParams): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.timeout = TIMEOUT_MS;
    request.onload = () => resolve(new Response(request.responseText, { status: request.status }));
    request.onerror = request.ontimeout = () => reject(new TypeError(`${url} does not answer`));
    request.send(body);
  });
}
