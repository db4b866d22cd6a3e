import { callGuarded } from '../outbound/guarded-call.ts';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 64 * 1024;
/** From the authorization endpoint to the page that a person sees. */
const MAX_HOPS = 6;

/**
 * Whether a window that goes to an address is cut off from the page that opened it, for good: by a Cross-Origin-Opener-Policy of any page on the
 * way, redirects included (HTML section 7.1.3). Ours have none, so any other value than `unsafe-none` does it.
 * @returns undefined when the pages could not be looked at
 */
export async function seversOpener(start: URL): Promise<boolean | undefined> {
  let url = start;
  for (let hop = 0; hop < MAX_HOPS; hop += 1) {
    const answer = await callGuarded(
      { url, method: 'GET', headers: { accept: 'text/html' } },
      { addresses: 'any', timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES },
    );
    if (answer.outcome !== 'answered') return undefined;
    const policy = answer.headers['cross-origin-opener-policy']?.[0]?.split(';')[0]?.trim().toLowerCase();
    if (policy !== undefined && policy !== '' && policy !== 'unsafe-none') return true;
    const location = answer.headers['location']?.[0];
    if (answer.status < 300 || answer.status >= 400 || location === undefined) return false;
    if (!URL.canParse(location, url)) return undefined;
    url = new URL(location, url);
  }
  return undefined;
}
