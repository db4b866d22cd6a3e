import type { DomainProof } from './tables.ts';

export type { DomainProof } from './tables.ts';

/** An environment's addresses of one list: those that are used, and those that wait for the proof of their domain. */
export interface SplitAddresses {
  usable: string[];
  waiting: string[];
}

/** A host that has no entry needs no proof. */
export function splitByProof(addresses: string[], domains: readonly DomainProof[]): SplitAddresses {
  const unproven = new Set(domains.filter(({ provenAt }) => provenAt === undefined).map(({ host }) => host));
  if (unproven.size === 0) return { usable: addresses, waiting: [] };
  const isWaiting = (address: string) => unproven.has(hostOf(address));
  return { usable: addresses.filter((one) => !isWaiting(one)), waiting: addresses.filter(isWaiting) };
}

/** The host that a vendor can prove; empty for an address on a person's own device, where nobody's host is (RFC 8252 section 7). */
export function hostOf(address: string): string {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' ? hostname : '';
}
