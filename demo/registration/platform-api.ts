const TIMEOUT_MS = 2_000;

/** What `GET /1/users/{sub}` said, for the welcome page to show. */
export interface ApiAnswer {
  request: string;
  /** Absent when nothing came back in time. */
  status?: number;
  body?: unknown;
}

/** Asks the platform's user API for what this customer shares with us. Never throws: the page works without. */
export async function askPlatformApi(platformUrl: string, apiKey: string, sub: string): Promise<ApiAnswer> {
  const path = `/1/users/${encodeURIComponent(sub)}`;
  const request = `GET ${path}`;
  try {
    const response = await fetch(`${platformUrl}${path}`, {
      headers: { 'x-api-key': apiKey, accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    return { request, status: response.status, body: text.length <= 16_384 ? parse(text) : undefined };
  } catch {
    return { request };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
