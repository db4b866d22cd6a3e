import { ApiError } from '../api-error.ts';
import type { ApiCall } from '../route.ts';

const MAX_URL_LENGTH = 2_000;
/** Stricter than `new URL`: it requires exactly two forward slashes and a host, and allows no white space. */
const WRITTEN_OUT = /^https?:\/\/[^\s/\\?#@]+(?:[/?][^\s\\#]*)?$/i;

/**
 * Checks the vendor's page to which a mail links with a code. It must be on a registered origin, so that an attacker who makes the
 * vendor's backend pass on another URL does not receive the code.
 * @param parameter its name in the request, for the error code `<parameter>_not_allowed`
 * @param example a request that has it, for somebody who left it out
 * @returns the URL as browsers serialize it
 * @throws ApiError 400, whose message lists the registered origins
 */
export async function parseLinkUrl(
  call: ApiCall,
  parameter: string,
  value: unknown,
  example?: (url: string) => string,
): Promise<string> {
  const app = await call.context.storage.appEnvironments.findByClientId(call.access.clientId);
  const allowed = [...new Set([...(app?.origins ?? []), ...(app?.redirectUris ?? []).flatMap(webOriginOf)])];
  const url = readUrl(value);
  if (url && allowed.includes(url.origin)) return url.href;
  const missing =
    value === undefined && example
      ? `${parameter} is missing. Send, for example, ${example(`${allowed[0] ?? 'https://shop.example'}/page`)}. `
      : '';
  throw new ApiError(
    400,
    `${parameter}_not_allowed`,
    `${missing}${parameter} must be an absolute http(s) URL of at most ${MAX_URL_LENGTH} characters, without credentials or fragment, ` +
      `on an origin that this environment has registered: ${allowed.join(', ') || 'it has none yet'}.`,
  );
}

function readUrl(value: unknown): URL | undefined {
  if (typeof value !== 'string' || value.length > MAX_URL_LENGTH || !WRITTEN_OUT.test(value)) return undefined;
  return URL.parse(value) ?? undefined;
}

/** The origin of a redirect URI. Those of native apps have custom schemes and no origin. */
function webOriginOf(uri: string): string[] {
  const { protocol, origin } = new URL(uri);
  return protocol === 'https:' || protocol === 'http:' ? [origin] : [];
}
