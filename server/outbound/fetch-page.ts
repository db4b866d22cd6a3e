import { isLoopbackHost } from '../../process/loopback.ts';
import { callGuarded, type OutboundLimits, type UrlRefusal } from './guarded-call.ts';

export type FetchedPage =
  | {
      outcome: 'reached';
      /** The final URL, after redirects. */
      url: string;
      status: number;
      /** By lower-case name, each with all its values. */
      headers: Readonly<Record<string, readonly string[] | undefined>>;
      /** The first megabyte, as UTF-8. */
      body: string;
      /** When the headers arrived, in milliseconds since the epoch. */
      receivedAtMs: number;
    }
  /** `code` is that of a certificate that is not valid. */
  | { outcome: 'unreachable'; url: string; reason: PageFailure; code?: string }
  /** The address as it is written is not on the public internet, and was not contacted. */
  | { outcome: 'not_public'; url: string };

export type PageFailure =
  | Exclude<UrlRefusal, 'not_public'>
  | 'unreachable'
  | 'certificate'
  | 'timeout'
  | 'broken'
  | 'coding'
  | 'redirects';

export interface FetchPageOptions extends Pick<OutboundLimits, 'addresses' | 'resolver'> {
  /** The platform's public URL, so that whoever is fetched can see who fetches. */
  publicUrl: string;
  /** Limit for the whole fetch, redirects included. Default: 5 seconds. */
  timeoutMs?: number;
}

const TIMEOUT_MS = 5_000;
const MAX_REDIRECTS = 3;
const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Fetches a page at an address that a user entered, without cookies or credentials, and follows at most three redirects, each of them
 * through the guarded call. A page on the internet does not lead to this machine.
 */
export async function fetchPage(address: string, options: FetchPageOptions): Promise<FetchedPage> {
  const { publicUrl, timeoutMs = TIMEOUT_MS, resolver } = options;
  const headers = {
    accept: 'text/html,application/xhtml+xml',
    'user-agent': `Mozilla/5.0 (compatible; signup-doctor; +${publicUrl})`,
  };
  const endsAtMs = performance.now() + timeoutMs;
  let url = new URL(address);
  const addresses = isLoopbackHost(url.hostname) ? options.addresses : 'public';
  const limits = { addresses, maxBytes: MAX_BODY_BYTES, ...(resolver && { resolver }) };
  for (let redirects = 0; ; redirects += 1) {
    const remainingMs = redirects === 0 ? timeoutMs : Math.max(endsAtMs - performance.now(), 1);
    const result = await callGuarded({ url, method: 'GET', headers }, { ...limits, timeoutMs: remainingMs });
    const { href } = url;
    switch (result.outcome) {
      case 'refused':
        if (result.reason === 'not_public') return { outcome: 'not_public', url: href };
        return { outcome: 'unreachable', url: href, reason: result.reason };
      case 'unreachable':
        return { outcome: 'unreachable', url: href, reason: 'unreachable' };
      case 'certificate':
        return { outcome: 'unreachable', url: href, reason: 'certificate', code: result.code };
      case 'failed':
        return { outcome: 'unreachable', url: href, reason: result.reason };
    }
    const { status, headers: answered, body, receivedAtMs } = result;
    const location = status >= 300 && status < 400 ? answered['location']?.[0] : undefined;
    if (location === undefined || !URL.canParse(location, url)) {
      return { outcome: 'reached', url: href, status, headers: answered, body: body.toString(), receivedAtMs };
    }
    if (redirects >= MAX_REDIRECTS) return { outcome: 'unreachable', url: href, reason: 'redirects' };
    url = new URL(location, url);
  }
}
