import type { NewAccount } from '../../server/storage/accounts.ts';

/** Whose data is filled in. The platform and Chromium's autofill get the same. */
export interface Filler {
  readonly account: NewAccount & { email: string };
  /** The parts of the first street line, which Chromium finds by itself when somebody stores an address in its settings. */
  readonly street: string;
  readonly houseNumber: string;
}

/** By the name that a form's `<meta name="person">` has. The telephone numbers are of ranges that are kept for fiction, or near them. */
export const FILLERS = {
  /** Two street lines, the number first, as the sandbox's Jane Doe has them. */
  jane: {
    street: 'Canal Street',
    houseNumber: '12',
    account: {
      givenName: 'Jane',
      familyName: 'Doe',
      email: 'jane.doe@example.org',
      birthdate: '1990-05-17',
      phoneNumber: '+31205550101',
      address: {
        street_address: '12 Canal Street\nApartment 4',
        postal_code: '1012 AB',
        locality: 'Amsterdam',
        country: 'NL',
      },
    },
  },
  /** The number of the house last. */
  erika: {
    street: 'Heidestraße',
    houseNumber: '17',
    account: {
      givenName: 'Erika',
      familyName: 'Mustermann',
      email: 'erika.mustermann@example.org',
      birthdate: '1964-08-12',
      phoneNumber: '+492215550123',
      address: { street_address: 'Heidestraße 17', postal_code: '51147', locality: 'Köln', country: 'DE' },
    },
  },
  /** Accents, and one line. */
  remy: {
    street: 'rue des Lilas',
    houseNumber: '8',
    account: {
      givenName: 'Rémy',
      familyName: 'Lefèvre',
      email: 'remy.lefevre@example.org',
      birthdate: '1985-11-03',
      phoneNumber: '+33199001234',
      address: { street_address: '8 rue des Lilas', postal_code: '69003', locality: 'Lyon', country: 'FR' },
    },
  },
  /** Two family names. */
  lucia: {
    street: 'Calle Mayor',
    houseNumber: '5',
    account: {
      givenName: 'Lucía',
      familyName: 'García Pérez',
      email: 'lucia.garcia@example.org',
      birthdate: '1992-02-29',
      phoneNumber: '+34910555012',
      address: {
        street_address: 'Calle Mayor 5',
        postal_code: '28013',
        locality: 'Madrid',
        region: 'Madrid',
        country: 'ES',
      },
    },
  },
  /** A state. */
  grace: {
    street: 'Battery Street',
    houseNumber: '350',
    account: {
      givenName: 'Grace',
      familyName: 'Hopper',
      email: 'grace.hopper@example.org',
      birthdate: '1979-12-09',
      phoneNumber: '+14155550132',
      address: {
        street_address: '350 Battery Street\nApt 7B',
        postal_code: '94111',
        locality: 'San Francisco',
        region: 'California',
        country: 'US',
      },
    },
  },
} as const satisfies Record<string, Filler>;

export type FillerName = keyof typeof FILLERS;

/** The same person, as the DevTools protocol's `Autofill.trigger` takes one. */
export function chromiumFields(name: FillerName): { name: string; value: string }[] {
  const { account, street, houseNumber }: Filler = FILLERS[name];
  const { givenName, familyName, email, phoneNumber, address } = account;
  const lines = address?.street_address?.split('\n') ?? [];
  return Object.entries({
    NAME_FULL: `${givenName} ${familyName}`,
    NAME_FIRST: givenName,
    NAME_LAST: familyName,
    EMAIL_ADDRESS: email,
    PHONE_HOME_WHOLE_NUMBER: phoneNumber,
    ADDRESS_HOME_STREET_ADDRESS: address?.street_address,
    ADDRESS_HOME_LINE1: lines[0],
    ADDRESS_HOME_LINE2: lines[1],
    ADDRESS_HOME_STREET_NAME: street,
    ADDRESS_HOME_HOUSE_NUMBER: houseNumber,
    ADDRESS_HOME_CITY: address?.locality,
    ADDRESS_HOME_STATE: address?.region,
    ADDRESS_HOME_ZIP: address?.postal_code,
    ADDRESS_HOME_COUNTRY: address?.country,
  }).flatMap(([field, value]) => (value ? [{ name: field, value }] : []));
}
