import { lookup } from 'node:dns/promises';
import { isPublicAddress } from './public-address.ts';

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
  return addresses.some(({ address }) => !isPublicAddress(address));
}
