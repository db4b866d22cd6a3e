import { SettingError } from './setting.ts';
import { pageOf } from './web-address.ts';

/**
 * What new passwords are compared with: nothing, the list that is a part of the platform, or that list and then a service with the range
 * API of Have I Been Pwned, at this address, which ends with a slash.
 */
export type BreachedPasswordsSetting = 'off' | 'list' | URL;

const HAVE_I_BEEN_PWNED = 'https://api.pwnedpasswords.com/range/';

/** `list`, `hibp`, `off`, or the address of another server with that API, such as a mirror in the operator's own network. */
export function breachedPasswordsOf(text: string): BreachedPasswordsSetting {
  const word = text.toLowerCase();
  if (word === 'off' || word === 'list') return word;
  if (word === 'hibp') return new URL(HAVE_I_BEEN_PWNED);
  if (!/[.:]/.test(text))
    throw new SettingError('must be list, hibp, off, or the address of a server with the range API');
  const url = new URL(pageOf(text));
  if (url.search || url.hash) throw new SettingError('must have neither a query nor a fragment');
  url.pathname = url.pathname.replace(/\/*$/, '/');
  return url;
}
