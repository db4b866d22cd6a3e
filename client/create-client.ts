import { InvalidOptionError } from './errors.ts';
import { checkClientOptions } from './http/check-options.ts';
import type { ClientOptions } from './http/settings.ts';
import { Transport } from './http/transport.ts';
import { Auth } from './resources/auth.ts';
import { Events } from './resources/events.ts';
import { Tokens } from './resources/tokens.ts';
import { Users } from './resources/users.ts';

/** The platform's API, for one environment of one app. Make one and keep it. */
export interface PlatformClient {
  readonly users: Users;
  readonly auth: Auth;
  readonly tokens: Tokens;
  readonly events: Events;
}

/**
 * @example
 * ```ts
 * const platform = createClient(process.env.SECRET_KEY, { baseUrl: 'https://platform.example' });
 * const user = await platform.users.get(sub);
 * ```
 *
 * Without a key it logs in as a machine:
 * `createClient({ clientId, clientSecret, environment: 'production', baseUrl })`.
 *
 * A failed call is sent again, at most `maxRetries` times, when that is safe and may help: after network errors, 429 and 5xx.
 *
 * @param secretKey `sk_live_…` or `sk_test_…`. It decides app and environment.
 * @throws {InvalidOptionError} An option is missing or malformed, because of a bug in the calling program or a missing setting.
 */
export function createClient(secretKey: string | undefined, options?: ClientOptions): PlatformClient;
export function createClient(options: ClientOptions): PlatformClient;
export function createClient(first: string | ClientOptions | undefined, second: ClientOptions = {}): PlatformClient {
  const [secretKey, options] = typeof first === 'object' && first !== null ? [undefined, first] : [first, second];
  if (typeof options !== 'object' || options === null) {
    throw new InvalidOptionError('options', 'createClient(secretKey, { baseUrl }): the options must be an object');
  }
  const transport = new Transport(checkClientOptions(secretKey, options));
  return Object.freeze({
    users: new Users(transport),
    auth: new Auth(transport),
    tokens: new Tokens(transport),
    events: new Events(transport),
  });
}
