import { lookup } from 'node:dns/promises';
import { isPublicAddress } from './public-address.ts';

const TIMEOUT_MS = 3_000;

type Resolve = (host: string) => Promise<readonly { address: string }[]>;

/**
 * Whether a host currently has an address in a private network, where a vendor must not make the platform send requests. False for a name
 * that does not resolve, because there is nothing to reach yet. If the name changes later, https still protects the private network,
 * because a server there has no certificate for that name.
 *
 * @param resolve default: the operating system's resolver
 */
export async function isInPrivateNetwork(
  { hostname }: URL,
  resolve: Resolve = (host) => lookup(host, { all: true }),
): Promise<boolean> {
  const late = new Promise<[]>((settle) => {
    setTimeout(() => settle([]), TIMEOUT_MS).unref();
  });
  const addresses = await Promise.race([resolve(hostname.replace(/^\[|\]$/g, '')).catch(() => []), late]);
  return addresses.some(({ address }) => !isPublicAddress(address));
}
