import { BlockList, isIP } from 'node:net';

/** Per key, because every request is checked against each range. */
export const MAX_ADDRESS_RANGES = 20;
const BITS = { 4: 32, 6: 128 } as const;

/** The problem with a range, as a code that pages translate. */
export type AddressRangeProblem =
  | { code: 'not_an_address' | 'bad_prefix'; range: string }
  /** Bits are set beyond the prefix, so either the address or the prefix is a mistake. */
  | { code: 'host_bits'; range: string; suggestion: string }
  | { code: 'too_many' };

/**
 * Parses network addresses and ranges in CIDR notation (RFC 4632, RFC 4291 section 2.3), separated by line breaks, commas or spaces.
 * @returns the ranges without duplicates, or the problem with the first invalid one
 */
export function parseAddressRanges(text: string): { ranges: string[] } | { problem: AddressRangeProblem } {
  const ranges = [...new Set(text.split(/[\s,;]+/).filter((range) => range !== ''))];
  if (ranges.length > MAX_ADDRESS_RANGES) return { problem: { code: 'too_many' } };
  for (const range of ranges) {
    const problem = problemOf(range);
    if (problem) return { problem };
  }
  return { ranges };
}

function problemOf(range: string): AddressRangeProblem | undefined {
  const [address = '', prefix, ...rest] = range.split('/');
  const version = isIP(address);
  // A zone such as in `fe80::1%eth0` has a meaning on one machine only.
  if ((version !== 4 && version !== 6) || address.includes('%') || rest.length > 0) {
    return { code: 'not_an_address', range };
  }
  if (prefix === undefined) return undefined;
  if (!/^(0|[1-9]\d{0,2})$/.test(prefix) || Number(prefix) > BITS[version]) return { code: 'bad_prefix', range };
  const network = networkOf(address, version, Number(prefix));
  return isSame(address, network, version)
    ? undefined
    : { code: 'host_bits', range, suggestion: `${network}/${prefix}` };
}

/** The first address of a range. */
function networkOf(address: string, version: 4 | 6, prefix: number): string {
  const shift = BigInt(BITS[version] - prefix);
  const value = (toInteger(address, version) >> shift) << shift;
  if (version === 4) {
    return [24n, 16n, 8n, 0n].map((bits) => (value >> bits) & 0xffn).join('.');
  }
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  // The URL parser shortens IPv6 addresses (RFC 5952).
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

function isSame(address: string, network: string, version: 4 | 6): boolean {
  return toInteger(address, version) === toInteger(network, version);
}

function toInteger(address: string, version: 4 | 6): bigint {
  if (version === 4) return address.split('.').reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const [first, last] = [groups(head), groups(tail ?? '')];
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => '0');
  return [...first, ...zeros, ...last].reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

/** Whether a network address is in one of the ranges. An IPv4 address written as IPv6 (`::ffff:192.0.2.1`) counts as IPv4. */
export function isWithin(address: string, ranges: readonly string[]): boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', prefix] = range.split('/');
    const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(network, family);
    else list.addSubnet(network, Number(prefix), family);
  }
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
