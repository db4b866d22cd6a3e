import { decodeJwt } from 'jose';
import { ServerError } from '../platform-error.ts';
import type { Credentials } from './settings.ts';

/** How a call proves who is calling. */
export interface Authorization {
  /** The value of the Authorization header. */
  header(): Promise<string>;
  /** It was refused. @returns whether another try may help */
  refused(header: string): boolean;
}

/** HTTP Basic with the key as user name and no password (RFC 7617). */
export function keyAuthorization(secretKey: string): Authorization {
  const header = `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`;
  return { header: async () => header, refused: () => false };
}

/** The token is renewed while it still has this long to live, so that none expires on its way. */
const RENEW_BEFORE_MS = 60_000;
/** When the token does not say how long it lives. */
const SHORTEST_LIFE_MS = 120_000;

/**
 * Logs in with external_login at the first call, and again before the token expires or when one is refused (a signing key was
 * withdrawn, the platform was set up anew). Many calls at once wait for one login.
 *
 * @param post Sends the login; its retries and timeout are the transport's.
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
      // Another call may have renewed it in the meantime: then the new one is good.
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

/** By the platform's own clock alone, which may differ from this machine's. */
function lifeMs(token: string): number {
  try {
    const { exp, iat } = decodeJwt(token);
    if (exp !== undefined && iat !== undefined && exp > iat) return (exp - iat) * 1_000;
  } catch {
    // Not a JWT: whatever it is, a refusal renews it.
  }
  return SHORTEST_LIFE_MS;
}
