import { ENVIRONMENTS, withoutTrailingSlashes } from '@signup-with-platform/protocol';
import { InvalidOptionError } from '../errors.ts';
import { quote } from '../hints.ts';
import type { ClientOptions, Credentials, Settings } from './settings.ts';

const DEFAULT_TIMEOUT_MS = 10_000;
/** In milliseconds. Ten minutes is longer than any proxy waits, and below the limit of setTimeout (2^31 - 1). */
const MAX_TIMEOUT_MS = 600_000;
const DEFAULT_RETRIES = 2;
const MAX_RETRIES = 10;

/**
 * Makes settings from the options of the vendor's program.
 * @throws {InvalidOptionError} whose message never contains a secret
 */
export function checkClientOptions(secretKey: string | undefined, options: ClientOptions): Settings {
  refuseBrowser(options);
  const credentials = credentialsOf(secretKey, options);
  const baseUrl = baseUrlOf(options);
  refuseInsecure(baseUrl, credentials, options);
  if (options.fetch !== undefined && typeof options.fetch !== 'function') {
    throw new InvalidOptionError('fetch', '`fetch` must be a function like the global fetch');
  }
  return {
    baseUrl,
    credentials,
    timeoutMs: checkTimeout(options.timeoutMs ?? DEFAULT_TIMEOUT_MS),
    maxRetries: checkRetries(options.maxRetries ?? DEFAULT_RETRIES),
    // The global function is read at each call, so that a test can replace it.
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
  };
}

export function checkTimeout(timeoutMs: number): number {
  if (Number.isFinite(timeoutMs) && timeoutMs > 0 && timeoutMs <= MAX_TIMEOUT_MS) return timeoutMs;
  throw new InvalidOptionError(
    'timeoutMs',
    `\`timeoutMs\` must be in milliseconds, more than 0 and at most ${MAX_TIMEOUT_MS}`,
  );
}

export function checkRetries(maxRetries: number): number {
  if (Number.isInteger(maxRetries) && maxRetries >= 0 && maxRetries <= MAX_RETRIES) return maxRetries;
  throw new InvalidOptionError('maxRetries', `\`maxRetries\` must be a whole number from 0 to ${MAX_RETRIES}`);
}

function refuseBrowser({ dangerouslyAllowBrowser }: ClientOptions): void {
  if (dangerouslyAllowBrowser === true) return;
  if (typeof window === 'undefined' || typeof document === 'undefined') return;
  throw new InvalidOptionError(
    'dangerouslyAllowBrowser',
    'This library holds a secret, and this looks like a browser, where everybody who opens the page can read it. ' +
      'Call the platform from your backend, and use <signup-with-platform> in the page',
  );
}

function credentialsOf(secretKey: string | undefined, options: ClientOptions): Credentials {
  const { clientId, clientSecret, environment } = options;
  const byClient = clientId !== undefined || clientSecret !== undefined;
  if (!byClient) return { kind: 'key', secretKey: checkSecretKey(secretKey, options) };
  if (secretKey !== undefined) {
    throw new InvalidOptionError('clientId', 'Pass either a secret key, or clientId, clientSecret and environment');
  }
  if (environment === undefined || !ENVIRONMENTS.includes(environment)) {
    throw new InvalidOptionError(
      'environment',
      `\`environment\` must be one of ${ENVIRONMENTS.join(', ')}, and the one that the clientId belongs to`,
    );
  }
  return {
    kind: 'client',
    clientId: checkText('clientId', clientId),
    clientSecret: checkText('clientSecret', clientSecret),
    environment,
  };
}

function checkSecretKey(secretKey: string | undefined, { environment }: ClientOptions): string {
  const key = checkText('secretKey', secretKey);
  const wrong = (message: string) => new InvalidOptionError('secretKey', message);
  if (/^(bearer|basic) /i.test(key)) throw wrong('Pass only the key, without the name of an authentication scheme');
  if (/\s/.test(key)) throw wrong('The secret key has white space in it: was it broken over two lines?');
  if (!/^[\x21-\x7e]+$/.test(key)) throw wrong('The secret key contains characters that no key has: copy it again');
  if (key.endsWith(':'))
    throw wrong("The secret key ends with a colon, which is curl's notation (-u KEY:): pass it without the colon");
  if (/^eyJ[\w-]*\./.test(key)) {
    throw wrong(
      'This is a token, not a secret key: pass { clientId, clientSecret, environment }, and the library gets its own',
    );
  }
  if (key.startsWith('sk_test_') && environment === 'production') {
    throw wrong('This is a test key (sk_test_…), and `environment` is production: use the live key (sk_live_…)');
  }
  if (key.startsWith('sk_live_') && environment !== undefined && environment !== 'production') {
    throw wrong(`This is a live key (sk_live_…), and \`environment\` is ${environment}: use the test key (sk_test_…)`);
  }
  return key;
}

function checkText(option: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') {
    throw new InvalidOptionError(
      option,
      `\`${option}\` is ${value === '' ? 'empty' : value === null ? 'null' : typeof value}. ` +
        "Is its environment variable set? The value is in the platform's portal, under API",
    );
  }
  if (value !== value.trim()) {
    throw new InvalidOptionError(
      option,
      `\`${option}\` is surrounded by white space: was it read from a file with a newline?`,
    );
  }
  return value;
}

function baseUrlOf({ baseUrl = environmentVariable('PLATFORM_URL') }: ClientOptions): string {
  if (typeof baseUrl !== 'string' || baseUrl.trim() === '') {
    throw new InvalidOptionError(
      'baseUrl',
      "`baseUrl` is missing: pass the platform's address, e.g. https://platform.example, or set PLATFORM_URL",
    );
  }
  const wrong = (message: string) => new InvalidOptionError('baseUrl', message);
  if (!/^https?:\/\//.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw wrong(`\`baseUrl\` must begin with https:// (or http:// on this machine), but it is ${quote(baseUrl)}`);
  }
  const { username, password, search, hash } = new URL(baseUrl);
  if (username || password) throw wrong('`baseUrl` contains a name or password: pass the key as the first argument');
  if (search || hash) throw wrong('`baseUrl` must be an address without ? and #');
  // People also pass the API's own base or the sandbox issuer. Both are accepted, because one API serves both realms.
  return withoutTrailingSlashes(baseUrl).replace(/\/(1|sandbox)$/, '');
}

/** Refuses to send a live secret over a network unencrypted. */
function refuseInsecure(baseUrl: string, credentials: Credentials, options: ClientOptions): void {
  const { protocol, hostname } = new URL(baseUrl);
  const isLocal = hostname === '[::1]' || /(^|\.)localhost$/.test(hostname) || /^127\./.test(hostname);
  const isLive =
    credentials.kind === 'key'
      ? credentials.secretKey.startsWith('sk_live_')
      : credentials.environment === 'production';
  if (protocol === 'https:' || isLocal || !isLive || options.dangerouslyAllowInsecureHttp === true) return;
  throw new InvalidOptionError(
    'baseUrl',
    `A live secret would be sent unencrypted to ${quote(baseUrl)}: use https, or set dangerouslyAllowInsecureHttp ` +
      'within a network that is encrypted by other means',
  );
}

function environmentVariable(name: string): string | undefined {
  return typeof process === 'undefined' ? undefined : process.env[name];
}
