import type { AddressClaim } from '@signup-with-platform/protocol';

/** An address for reading, lines separated by `\n`; the country stays its ISO 3166-1 code. */
export function formatAddress(address: AddressClaim): string {
  if (address.formatted) return address.formatted;
  const town = [address.postal_code, address.locality].filter(Boolean).join(' ');
  return [address.street_address, town, address.region, address.country].filter(Boolean).join('\n');
}
