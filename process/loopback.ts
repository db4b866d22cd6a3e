/** The whole of 127.0.0.0/8, and the same in IPv6 notation: `::ffff:127.0.0.1`, which `URL` writes as `::ffff:7f00:1`. */
const IPV4 = /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/;
const IPV4_IN_IPV6 = /^::ffff:7f[\da-f]{2}:[\da-f]{1,4}$/;

/** Whether a network address is this machine's own. */
export function isLoopbackAddress(address: string): boolean {
  const lower = address.toLowerCase();
  return lower === '::1' || IPV4.test(lower) || IPV4_IN_IPV6.test(lower);
}

/**
 * Whether a host, as `URL` writes it, is this machine. Browsers resolve `localhost` and the names below it themselves, so that nobody else's
 * DNS can make them something else (RFC 6761 section 6.3).
 */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  return /^(?:.+\.)?localhost$/.test(host) || isLoopbackAddress(host.replace(/^\[(.*)\]$/, '$1'));
}
