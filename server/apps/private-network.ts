import { lookup } from 'node:dns/promises';
import { BlockList, isIPv6 } from 'node:net';

/** What is no address of the public internet: the special-purpose registries of IANA (RFC 6890), as far as anything listens there. */
const PRIVATE = new BlockList();
for (const range of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
  '::/127',
  '64:ff9b::/96',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
]) {
  const [address = '', bits] = range.split('/');
  PRIVATE.addSubnet(address, Number(bits), isIPv6(address) ? 'ipv6' : 'ipv4');
}

const TIMEOUT_MS = 3_000;

type Resolve = (host: string) => Promise<readonly { address: string }[]>;

/**
 * Whether a host has an address within a private network now, so that our requests would go where its owner's cannot. A name that does
 * not resolve is not: there is nothing yet. A name that changes later leads nowhere either, since https asks whoever answers for a
 * certificate of that name.
 *
 * @param resolve default: as the operating system does
 */
export async function isInPrivateNetwork(
  { hostname }: URL,
  resolve: Resolve = (host) => lookup(host, { all: true }),
): Promise<boolean> {
  const late = new Promise<[]>((settle) => {
    setTimeout(() => settle([]), TIMEOUT_MS).unref();
  });
  const addresses = await Promise.race([resolve(hostname.replace(/^\[|\]$/g, '')).catch(() => []), late]);
  return addresses.some(({ address }) => PRIVATE.check(address, isIPv6(address) ? 'ipv6' : 'ipv4'));
}
