import { SettingError } from './setting.ts';

/** What the database's driver understands in a connection string. */
const DATABASE_PARAMETERS = new Set([
  ...[
    'host',
    'port',
    'user',
    'password',
    'options',
    'client_encoding',
    'application_name',
    'fallback_application_name',
  ],
  ...['ssl', 'sslmode', 'sslcert', 'sslkey', 'sslrootcert', 'sslnegotiation', 'uselibpqcompat'],
  ...['statement_timeout', 'query_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'],
  // The driver has its own values for these, which do as well.
  ...['connect_timeout', 'keepalives', 'keepalives_idle', 'keepalives_interval', 'keepalives_count'],
]);
const SSL_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'];
const UNESCAPED =
  'cannot be read: write special characters of the user name and password percent-encoded, such as %23 for #';

/**
 * The URL of a PostgreSQL database. A parameter that the driver does not know is refused, because the driver would ignore it without a word:
 * with `sslmod=require` the connection would not be encrypted.
 */
export function databaseUrlOf(text: string): string {
  const url = parse(text, ['postgres:', 'postgresql:']);
  if (/[@/]/.test(url.pathname.slice(1))) throw new SettingError(UNESCAPED);
  for (const name of url.searchParams.keys()) {
    // Behind an unescaped question mark is the rest of a password, which must not be shown.
    if (!/^\w{1,40}$/.test(name)) throw new SettingError(UNESCAPED);
    if (!DATABASE_PARAMETERS.has(name))
      throw new SettingError(`has the parameter ${JSON.stringify(name)}, which the driver would ignore`);
  }
  const mode = url.searchParams.get('sslmode');
  if (mode !== null && !SSL_MODES.includes(mode))
    throw new SettingError(`has an sslmode that is none of ${SSL_MODES.join(', ')}`);
  // The driver treats these three as `verify-full`, and says so in a warning at every start.
  return url.searchParams.get('uselibpqcompat') === 'true'
    ? text
    : text.replace(/([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|$)/, '$1verify-full');
}

/** The URL of a mail server. */
export function mailServerOf(text: string): string {
  const url = parse(text, ['smtp:', 'smtps:']);
  if (!url.hostname) throw new SettingError('must name a host');
  if (url.pathname.length > 1) throw new SettingError(UNESCAPED);
  return text;
}

function parse(text: string, protocols: readonly string[]): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const schemes = protocols.map((protocol) => `${protocol}//`).join(' or ');
  // Without the two slashes, `URL` reads the host as a path.
  if (!protocols.some((protocol) => text.toLowerCase().startsWith(`${protocol}//`)))
    throw new SettingError(`must begin with ${schemes}`);
  if (/\s/.test(text)) throw new SettingError('has a blank in it: write %20 if it belongs there');
  if (!url || url.hash) throw new SettingError(UNESCAPED);
  return url;
}
