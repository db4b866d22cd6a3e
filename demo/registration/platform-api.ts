import createClient, { ConnectionError, type PlatformClient, PlatformError } from '@signup-with-platform/client';

/** A page waits for it, so once, and not for long. */
const TIMEOUT_MS = 2_000;

/** What `GET /1/users/{sub}` said, for the welcome page to show. */
export interface ApiAnswer {
  request: string;
  /** Absent when nothing came back in time. */
  status?: number;
  body?: unknown;
}

export function platformApi(platformUrl: string, apiKey: string): PlatformClient {
  return createClient(apiKey, { baseUrl: platformUrl, timeoutMs: TIMEOUT_MS, maxRetries: 0 });
}

/** Asks the platform's user API for what this customer shares with us. The platform's silence or refusal spoils no page. */
export async function askPlatformApi(platform: PlatformClient, sub: string): Promise<ApiAnswer> {
  const request = `GET /1/users/${encodeURIComponent(sub)}`;
  try {
    const { status, data } = await platform.users.get(sub).withResponse();
    return { request, status, body: data };
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    const { status, body } = error;
    return error instanceof ConnectionError || status === undefined ? { request } : { request, status, body };
  }
}
