import { ApiError } from '../api-error.ts';
import type { ApiCall } from '../route.ts';

const MAX_URL_LENGTH = 2_000;
/** Strict about what `new URL` forgives: slashes are two and lean forward, there is a host, and nothing in it is white space. */
const WRITTEN_OUT = /^https?:\/\/[^\s/\\?#@]+(?:[/?][^\s\\#]*)?$/i;

/**
 * Checks a page of the vendor's to which a mail will link with a code. Codes go only where the app is registered to be, so that nobody
 * who talks the vendor's backend into passing on an address of theirs receives one.
 * @param parameter its name in the request, for the error: `<parameter>_not_allowed`
 * @returns the URL as browsers write it
 * @throws ApiError 400, whose message says which origins are registered
 */
export async function parseLinkUrl(call: ApiCall, parameter: string, value: unknown): Promise<string> {
  const app = await call.context.storage.appEnvironments.findByClientId(call.access.clientId);
  const allowed = [...new Set([...(app?.origins ?? []), ...(app?.redirectUris ?? []).flatMap(webOriginOf)])];
  const url = readUrl(value);
  if (url && allowed.includes(url.origin)) return url.href;
  throw new ApiError(
    400,
    `${parameter}_not_allowed`,
    `${parameter} must be an absolute http(s) URL of at most ${MAX_URL_LENGTH} characters, without credentials or fragment, on an origin that this environment has registered: ${allowed.join(', ') || 'it has none yet'}.`,
  );
}

/** The page with the code in its query, in place of any `code` that was there. */
export function linkWithCode(pageUrl: string, code: string): string {
  const url = new URL(pageUrl);
  url.searchParams.set('code', code);
  return url.href;
}

function readUrl(value: unknown): URL | undefined {
  if (typeof value !== 'string' || value.length > MAX_URL_LENGTH || !WRITTEN_OUT.test(value)) return undefined;
  return URL.parse(value) ?? undefined;
}

/** Redirect URIs of native apps have schemes of their own, and no origin. */
function webOriginOf(uri: string): string[] {
  const { protocol, origin } = new URL(uri);
  return protocol === 'https:' || protocol === 'http:' ? [origin] : [];
}
