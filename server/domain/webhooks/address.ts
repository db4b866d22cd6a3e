import type { Environment } from '@signup-with-platform/protocol';
import { type AllowedAddresses, refusalOf, type UrlRefusal } from '../../outbound/guarded-call.ts';
import { addressesBeside } from '../../outbound/public-address.ts';

const MAX_LENGTH = 2_000;

/** Where an environment's endpoints may be: a developer's own machine is for `localhost` alone, while the platform is on it, too. */
export function addressesFor(environment: Environment, publicUrl: string): Exclude<AllowedAddresses, 'any'> {
  return environment === 'localhost' ? addressesBeside(publicUrl) : 'public';
}

/** Why an address cannot be one of an environment's endpoints; undefined when it can. Its name is looked up only when it is called. */
export function endpointRefusal(
  text: string,
  environment: Environment,
  publicUrl: string,
): UrlRefusal | 'not_a_url' | 'fragment' | undefined {
  if (text.length > MAX_LENGTH || !URL.canParse(text)) return 'not_a_url';
  const url = new URL(text);
  if (url.hash) return 'fragment';
  return refusalOf(url, addressesFor(environment, publicUrl));
}
