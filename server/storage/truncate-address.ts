import { isIPv4, isIPv6 } from 'node:net';

const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * The network of an address, wide enough to be nobody's alone: a /24 of IPv4, a /48 of IPv6. What is no address is left out.
 */
export function truncateAddress(address: string): string | null {
  const [whole = ''] = address.split('%', 1);
  const ipv4 = MAPPED_IPV4.exec(whole)?.[1] ?? whole;
  if (isIPv4(ipv4)) return `${ipv4.split('.').slice(0, 3).join('.')}.0/24`;
  if (!isIPv6(whole)) return null;
  // The URL parser writes an address in its shortest form, in which `::` stands for the longest run of zeros.
  const [before = ''] = new URL(`http://[${whole}]/`).hostname.slice(1, -1).split('::', 1);
  const groups = [...before.split(':'), '0', '0', '0'].filter((group) => group !== '').slice(0, 3);
  return `${groups.join(':')}::/48`;
}
