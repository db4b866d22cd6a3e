import { isIP, isIPv4, isIPv6 } from 'node:net';

/**
 * How many leading bits of an IPv6 address stand for one network. A provider gives a line at least a /64, in which everybody may use
 * 2^64 addresses, and often a /56 (RFC 6177), which is 256 times as many; a site gets
 * a /48.
 */
export type NetworkPrefix = 64 | 56 | 48;

const GROUPS = 8;
const BITS_OF_GROUP = 16;
const ALL_ONES = 0xffff;

/**
 * The key under which a network address is counted: an IPv4 address as a whole, and of an IPv6 address the prefix, because whoever has one
 * address of a network has all of them. An address that only carries an IPv4 address across an IPv6 network counts as that IPv4 address.
 *
 * @param address as it came with the connection or a proxy's header. What is no address is its own key.
 * @returns undefined for a loopback address, because it belongs to a developer, or to a reverse proxy that TRUST_PROXY does not name, whose
 * shared count would lock everybody out at once
 */
export function networkKey(address: string, prefix: NetworkPrefix = 64): string | undefined {
  const bare = withoutPortAndZone(address.trim());
  if (isIPv4(bare)) return unlessLoopback(bare);
  if (!isIPv6(bare)) return bare.toLowerCase();
  const groups = groupsOf(bare);
  if (startsWith(groups, MAPPED_IPV4)) return unlessLoopback(dotted(groups.slice(-2)));
  if (startsWith(groups, LOOPBACK)) return undefined;
  const embedded = embeddedIPv4(groups);
  if (embedded !== undefined) return embedded;
  // A translator of this network chooses how long its prefix is (RFC 8215), so only the whole address tells its clients apart.
  if (startsWith(groups, LOCAL_NAT64)) return hexOf(groups);
  return `${hexOf(maskTo(groups, prefix))}/${prefix}`;
}

function unlessLoopback(ipv4: string): string | undefined {
  return ipv4.startsWith('127.') ? undefined : ipv4;
}

/** Some proxies add the port, a new one for each connection. A zone names an interface of this machine (RFC 4007). */
function withoutPortAndZone(address: string): string {
  const inBrackets = /^\[([^\]]*)\]/.exec(address)?.[1];
  const [withoutZone = ''] = (inBrackets ?? address).split('%', 1);
  if (isIP(withoutZone) !== 0) return withoutZone;
  const [host = '', port, ...rest] = withoutZone.split(':');
  return isIPv4(host) && port !== undefined && rest.length === 0 ? host : withoutZone;
}

/** The eight groups of a valid IPv6 address. The URL parser writes out an embedded IPv4 address in hexadecimal. */
function groupsOf(address: string): number[] {
  const [before = '', after] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
  const parse = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const [first, last] = [parse(before), parse(after ?? '')];
  return [...first, ...Array<number>(GROUPS - first.length - last.length).fill(0), ...last];
}

const LOOPBACK = [0, 0, 0, 0, 0, 0, 0, 1];
/** ::ffff:0:0/96 (RFC 4291 section 2.5.5.2), as an IPv6 socket shows an IPv4 connection. */
const MAPPED_IPV4 = [0, 0, 0, 0, 0, ALL_ONES];
/** 64:ff9b:1::/48 */
const LOCAL_NAT64 = [0x64, 0xff9b, 1];
/** The other prefixes of 96 bits that an IPv4 address follows. */
const BEFORE_IPV4 = [
  // IPv4-translated (RFC 2765), by a stateless translator.
  [0, 0, 0, 0, ALL_ONES, 0],
  // NAT64 (RFC 6052): the whole IPv4 internet would be one /64.
  [0x64, 0xff9b, 0, 0, 0, 0],
];
/** 2002::/16 (RFC 3056): one IPv4 address has a /48. */
const SIX_TO_FOUR = [0x2002];
/** 2001::/32 (RFC 4380): everybody at one server shares a /64; the last 32 bits are the client's IPv4 address, inverted. */
const TEREDO = [0x2001, 0];

function embeddedIPv4(groups: readonly number[]): string | undefined {
  if (BEFORE_IPV4.some((prefix) => startsWith(groups, prefix))) return dotted(groups.slice(-2));
  if (startsWith(groups, SIX_TO_FOUR)) return dotted(groups.slice(1, 3));
  if (startsWith(groups, TEREDO)) return dotted(groups.slice(-2).map((group) => group ^ ALL_ONES));
  return undefined;
}

function startsWith(groups: readonly number[], prefix: readonly number[]): boolean {
  return prefix.every((group, index) => groups[index] === group);
}

function maskTo(groups: readonly number[], prefix: NetworkPrefix): number[] {
  return groups.map((group, index) => {
    const kept = Math.min(Math.max(prefix - index * BITS_OF_GROUP, 0), BITS_OF_GROUP);
    return group & (ALL_ONES << (BITS_OF_GROUP - kept)) & ALL_ONES;
  });
}

function dotted(groups: readonly number[]): string {
  const bytes = groups.flatMap((group) => [group >> 8, group & 0xff]);
  return bytes.join('.');
}

function hexOf(groups: readonly number[]): string {
  return groups.map((group) => group.toString(16)).join(':');
}
