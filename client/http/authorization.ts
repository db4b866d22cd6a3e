import { decodeJwt } from 'jose';
import { ServerError } from '../platform-error.ts';
import type { Credentials } from './settings.ts';

/** How a call proves who is calling. */
export interface Authorization {
  /** Returns the value of the Authorization header. */
  header(): Promise<string>;
  /** Called when the header was refused. @returns whether another try may help */
  refused(header: string): boolean;
}

/** HTTP Basic with the key as user name and no password (RFC 7617). */
export function keyAuthorization(secretKey: string): Authorization {
  const header = `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`;
  return { header: async () => header, refused: () => false };
}

/** The token is renewed this long before it expires, so that none expires during a call. */
const RENEW_BEFORE_MS = 60_000;
/** Used when the token does not say how long it lives. */
const SHORTEST_LIFE_MS = 120_000;

/**
 * Logs in with external_login at the first call, and again before the token expires or when it is refused (because a signing key was
 * withdrawn, or the platform was set up anew). Concurrent calls wait for one login.
 *
 * @param post sends the login, with the transport's retries and timeout
 */
export function loginAuthorization(
  credentials: Extract<Credentials, { kind: 'client' }>,
  post: (body: object) => Promise<unknown>,
): Authorization {
  let current: { header: string; renewAtMs: number } | undefined;
  let login: Promise<string> | undefined;

  async function logIn(): Promise<string> {
    const answer = await post({
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
      environment: credentials.environment,
    });
    const token = tokenOf(answer);
    current = { header: `Bearer ${token}`, renewAtMs: Date.now() + lifeMs(token) - RENEW_BEFORE_MS };
    return current.header;
  }

  return {
    async header() {
      if (current && Date.now() < current.renewAtMs) return current.header;
      login ??= logIn().finally(() => {
        login = undefined;
      });
      return login;
    },
    refused(header) {
      // Another call may have renewed it in the meantime, and the new one is valid.
      if (current?.header === header) current = undefined;
      return true;
    },
  };
}

function tokenOf(answer: unknown): string {
  const token = (answer as { data?: { token?: unknown } } | undefined)?.data?.token;
  if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return token;
  throw new ServerError({
    code: 'invalid_answer',
    message: 'external_login answered without a token.',
    hint: 'Is `baseUrl` the platform?',
  });
}

/** Computed from the platform's own times, because its clock may differ from this machine's. */
function lifeMs(token: string): number {
  try {
    const { exp, iat } = decodeJwt(token);
    if (exp !== undefined && iat !== undefined && exp > iat) return (exp - iat) * 1_000;
  } catch {
    // Not a JWT. It is renewed when it is refused.
  }
  return SHORTEST_LIFE_MS;
}
