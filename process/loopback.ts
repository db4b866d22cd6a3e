import { BlockList, isIP } from 'node:net';

/** The whole of 127.0.0.0/8, which BlockList finds in IPv6 notation, too (`::ffff:127.0.0.1`), and `::1`. */
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether a network address is this machine's own, with or without a zone (`::1%lo`). */
export function isLoopbackAddress(address: string): boolean {
  const [plain = ''] = address.split('%', 1);
  const family = isIP(plain);
  return family !== 0 && loopback.check(plain, family === 4 ? 'ipv4' : 'ipv6');
}

/**
 * Whether a host, as `URL` writes it, is this machine, where http is as private as https (W3C Secure Contexts section 3.1). Browsers resolve
 * `localhost` and the names below it themselves, so that nobody else's DNS can make them something else (RFC 6761 section 6.3).
 */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  return /^(?:[^.]+\.)*localhost$/.test(host) || isLoopbackAddress(host.replace(/^\[(.*)\]$/, '$1'));
}
