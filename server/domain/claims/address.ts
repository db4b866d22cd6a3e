import type { AddressClaim } from '@signup-with-platform/protocol';

/** An address as lines of text, separated by `\n`. The country stays an ISO 3166-1 code. */
export function formatAddress(address: AddressClaim): string {
  if (address.formatted) return address.formatted;
  const town = [address.postal_code, address.locality].filter(Boolean).join(' ');
  return [address.street_address, town, address.region, address.country].filter(Boolean).join('\n');
}
