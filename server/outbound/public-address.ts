import { BlockList, isIPv4 } from 'node:net';
import { isLoopbackHost } from '../../process/loopback.ts';

/** Ranges of the IANA special-purpose registries (RFC 6890) that are not the public internet. */
const SPECIAL_IPV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;
/** Special ranges within 2000::/3, the only global unicast range. Teredo and 6to4 addresses contain an IPv4 address. */
const SPECIAL_IPV6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const special = new BlockList();
for (const [network, prefix] of SPECIAL_IPV4) special.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of SPECIAL_IPV6) special.addSubnet(network, prefix, 'ipv6');
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/** Whether anybody on the internet can reach a network address. False for an IPv4 address written as IPv6. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !special.check(address, 'ipv4');
  return globalUnicast.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

/**
 * Where a vendor's addresses may be: also on this machine, while the platform itself runs on a developer's. Elsewhere it would be the
 * platform's own machine, which is not the vendor's.
 * @param publicUrl of the platform
 */
export function addressesBeside(publicUrl: string): 'public' | 'with loopback' {
  return isLoopbackHost(new URL(publicUrl).hostname) ? 'with loopback' : 'public';
}
