import type { Account } from '../../storage/accounts.ts';
import type { Home } from './field-descriptor.ts';

/** Where somebody lives, as far as their account tells: by their address, else by the region of their language (`de-AT`). */
export function homeOf({ address, locale }: Pick<Account, 'address' | 'locale'>): Home {
  return { country: address?.country ?? regionOf(locale) };
}

function regionOf(locale: string | undefined): string | undefined {
  return /^[a-z]{2,3}(?:-[a-z]{4})?-([a-z]{2})(?:-|$)/i.exec(locale ?? '')?.[1]?.toUpperCase();
}
