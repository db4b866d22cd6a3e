import type { UserClaims } from '@signup-with-platform/protocol';
import { displayName } from '../describe-user.ts';
import type { Autofill } from './autofill.ts';

const linesOf = ({ address }: UserClaims) => address?.street_address?.split('\n') ?? [];

/** In the page's language, since that is what the options of a `<select>` are in, and in English. */
function countryNames({ address }: UserClaims, language?: string): string[] {
  const { country } = address ?? {};
  return country ? [displayName('region', country, language), displayName('region', country, 'en')] : [];
}

export const address = {
  'street-address': {
    spellings: ['streetaddress', 'street', 'address'],
    values: (user) => [user.address?.street_address],
  },
  'address-line1': {
    spellings: ['addressline1', 'address1', 'street1', 'line1'],
    values: (user) => [linesOf(user)[0]],
  },
  'address-line2': {
    spellings: ['addressline2', 'address2', 'street2', 'line2'],
    values: (user) => [linesOf(user)[1]],
  },
  'address-line3': {
    spellings: ['addressline3', 'address3', 'street3', 'line3'],
    values: (user) => [linesOf(user).slice(2).join(', ')],
  },
  'postal-code': {
    spellings: ['postalcode', 'postcode', 'postal', 'zip', 'zipcode'],
    values: (user) => [user.address?.postal_code],
  },
  'address-level1': {
    spellings: ['region', 'state', 'province', 'county'],
    values: (user) => [user.address?.region],
  },
  'address-level2': {
    spellings: ['city', 'town', 'locality'],
    values: (user) => [user.address?.locality],
  },
  country: {
    spellings: ['countrycode'],
    values: (user, language) => [user.address?.country, ...countryNames(user, language)],
  },
  'country-name': {
    spellings: ['country', 'countryname'],
    values: (user, language) => [...countryNames(user, language), user.address?.country],
  },
} satisfies Record<string, Autofill>;
