import createClient, { ConnectionError, type PlatformClient, PlatformError } from '@signup-with-platform/client';

/** There is one short attempt, because a page waits for the answer. */
const TIMEOUT_MS = 2_000;

/** The answer of `GET /1/users/{sub}`, which the welcome page shows. */
export interface ApiAnswer {
  request: string;
  /** Absent when there was no answer in time. */
  status?: number;
  body?: unknown;
}

export function platformApi(platformUrl: string, apiKey: string): PlatformClient {
  return createClient(apiKey, { baseUrl: platformUrl, timeoutMs: TIMEOUT_MS, maxRetries: 0 });
}

/** Asks the platform's user API for what this customer shares with the shop. The page works without an answer, too. */
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
