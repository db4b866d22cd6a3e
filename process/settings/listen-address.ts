import { isIP } from 'node:net';
import { SettingError } from './setting.ts';

const NAME = /^[a-z\d](?:[a-z\d_-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d_-]*[a-z\d])?)*$/;

/** The address or the name to listen on. `localhost` is one address, because a server that listens on a name takes the first of its addresses. */
export function listenAddressOf(text: string): string {
  const host = text.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  if (host === 'localhost') return '127.0.0.1';
  if (host === '*') return '0.0.0.0';
  if (isIP(host) !== 0) return host;
  // Four numbers that are no address, or an address with a port, would be looked up as a name.
  if (!NAME.test(host) || /^[\d.]+$/.test(host))
    throw new SettingError('must be an address of this machine, without a scheme and a port');
  return host;
}
