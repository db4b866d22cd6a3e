import { isLoopbackHost } from '../loopback.ts';
import { SettingError } from './setting.ts';

const SCHEME = /^[a-z][a-z\d+.-]*:/i;
/** A name with a port, which `URL` would take for a scheme with a path. */
const HOST_AND_PORT = /^[^/?#@:[\]]+:\d+(?=[/?#]|$)/;
/** Names and addresses as `URL` writes them. It also accepts characters that no name in the DNS has. */
const HOST = /^(?:\[[\da-f:.]+\]|[a-z\d_-]+(?:\.[a-z\d_-]+)*)$/;
const ANY_ADDRESS = new Set(['0.0.0.0', '[::]']);

/**
 * The origin that people open, written as browsers write it: in lower case, in Punycode, without a default port, without a final slash.
 * Without a scheme it is https, or http where the host is this machine.
 */
export function originOf(text: string): string {
  const url = parse(text);
  // `URL` drops the dot that ends a fully qualified name nowhere, and browsers would call it another origin.
  const hostname = url.hostname.replace(/\.$/, '');
  if (!HOST.test(hostname)) throw new SettingError('must name one host');
  if (ANY_ADDRESS.has(hostname))
    throw new SettingError(
      `must be the address that people open, and ${hostname} is none. HOST says where the server listens`,
    );
  assertNoCredentials(url);
  if (/[^/]/.test(url.pathname)) throw new SettingError('must have no path: the platform needs a host name of its own');
  if (url.search || url.hash) throw new SettingError('must have neither a query nor a fragment');
  return `${url.protocol}//${hostname}${url.port && `:${url.port}`}`;
}

/** The address of a page. Without a scheme it is https. */
export function pageOf(text: string): string {
  const url = parse(text);
  assertNoCredentials(url);
  return SCHEME.test(text) && !HOST_AND_PORT.test(text) ? text : url.href;
}

/** Everybody is told these addresses, so that a password in one would be public. */
export function assertNoCredentials({ username, password }: URL): void {
  if (username || password) throw new SettingError('must have no user name or password');
}

function parse(text: string): URL {
  const complete =
    SCHEME.test(text) && !HOST_AND_PORT.test(text) ? text : `${schemeFor(text)}//${text.replace(/^\/\//, '')}`;
  const url = URL.canParse(complete) ? new URL(complete) : undefined;
  if (!url?.hostname || !/^https?:$/.test(url.protocol)) throw new SettingError('must be an address of http or https');
  return url;
}

/** One word without a dot may be a host of this network, or anything else that somebody has written: it needs a scheme. */
function schemeFor(text: string): 'http:' | 'https:' {
  const guess = `http://${text.replace(/^\/\//, '')}`;
  const hostname = URL.canParse(guess) ? new URL(guess).hostname : '';
  if (isLoopbackHost(hostname)) return 'http:';
  if (!/[.:]/.test(hostname)) throw new SettingError('must be an address of http or https');
  return 'https:';
}
