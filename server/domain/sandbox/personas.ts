import type { AccountRepository, NewAccount } from '../../storage/accounts.ts';

export interface Persona {
  key: string;
  name: string;
  /** Key of the message that explains what this persona shows a developer. */
  trait: PersonaTrait;
}
export type PersonaTrait =
  | 'newcomer'
  | 'returning'
  | 'complete'
  | 'long_name'
  | 'right_to_left'
  | 'unverified_email'
  | 'declines'
  | 'blocked';

interface PersonaDefinition {
  /** Shown in the list. The account itself may have no name. */
  label: string;
  trait: PersonaTrait;
  account: NewAccount;
}

const COMPLETE_ADDRESS = {
  street_address: '12 Canal Street\nApartment 4',
  postal_code: '1012 AB',
  locality: 'Amsterdam',
  country: 'NL',
} as const;

/** The sandbox's personas. Each shows developers a case that occurs with real people. */
const PERSONAS: Readonly<Record<string, PersonaDefinition>> = {
  complete: {
    label: 'Jane Doe',
    trait: 'complete',
    account: {
      email: 'jane.doe@example.com',
      emailVerified: true,
      givenName: 'Jane',
      familyName: 'Doe',
      phoneNumber: '+31 20 555 0101',
      address: COMPLETE_ADDRESS,
      birthdate: '1990-05-17',
      locale: 'en',
    },
  },
  newcomer: {
    label: 'Noa Newcomer',
    trait: 'newcomer',
    account: { email: 'noa.newcomer@example.com', emailVerified: true },
  },
  returning: {
    label: 'Remy Laurent',
    trait: 'returning',
    account: {
      email: 'remy.laurent@example.com',
      emailVerified: true,
      givenName: 'Remy',
      familyName: 'Laurent',
      phoneNumber: '+33 1 99 00 12 34',
      address: { street_address: '8 rue des Lilas', postal_code: '69003', locality: 'Lyon', country: 'FR' },
      locale: 'fr',
    },
  },
  long_name: {
    label: 'Maximiliane-Theodora von und zu Hohenlohe-Waldenburg-Schillingsfürst-Kaunitz',
    trait: 'long_name',
    account: {
      email: 'maximiliane-theodora.hohenlohe-waldenburg-schillingsfuerst@example.com',
      emailVerified: true,
      givenName: 'Maximiliane-Theodora Wilhelmina Antonia',
      familyName: 'von und zu Hohenlohe-Waldenburg-Schillingsfürst-Kaunitz',
      phoneNumber: '+49 30 5550 0123 456',
      address: {
        street_address: 'Donaudampfschifffahrtsgesellschaftskapitänsgasse 1234\nHinterhaus, Aufgang C',
        postal_code: '10115',
        locality: 'Berlin',
        country: 'DE',
      },
      locale: 'de',
    },
  },
  right_to_left: {
    label: 'ليلى الخطيب',
    trait: 'right_to_left',
    account: {
      email: 'layla.alkhatib@example.com',
      emailVerified: true,
      givenName: 'ليلى',
      familyName: 'الخطيب',
      phoneNumber: '+20 2 5550 0147',
      address: { street_address: '١٧ شارع النيل', postal_code: '11511', locality: 'القاهرة', country: 'EG' },
      locale: 'ar',
    },
  },
  unverified_email: {
    label: 'Uma Rao',
    trait: 'unverified_email',
    account: {
      email: 'uma.rao@example.com',
      emailVerified: false,
      givenName: 'Uma',
      familyName: 'Rao',
      locale: 'en-IN',
    },
  },
  declines: {
    label: 'Dmitri No',
    trait: 'declines',
    account: { email: 'dmitri.no@example.com', emailVerified: true, givenName: 'Dmitri', familyName: 'No' },
  },
  blocked: {
    label: 'Bo Blocked',
    trait: 'blocked',
    account: {
      email: 'bo.blocked@example.com',
      emailVerified: true,
      givenName: 'Bo',
      familyName: 'Blocked',
      blocked: true,
    },
  },
};

/** The personas in the order they are offered. */
export function listPersonas(): Persona[] {
  return Object.entries(PERSONAS).map(([key, { label, trait }]) => ({ key, name: label, trait }));
}

export function traitOf(persona: string): PersonaTrait | undefined {
  return Object.hasOwn(PERSONAS, persona) ? PERSONAS[persona]?.trait : undefined;
}

/** The account that a persona begins with. */
export function accountOf(persona: string): NewAccount | undefined {
  return Object.hasOwn(PERSONAS, persona) ? PERSONAS[persona]?.account : undefined;
}

/**
 * Creates the accounts that the realm lacks of the test people whom everybody uses who has no copy. Several processes may run it at once.
 */
export async function ensurePersonas(accounts: AccountRepository): Promise<void> {
  for (const [persona, { account }] of Object.entries(PERSONAS)) {
    if (await accounts.findPersona(persona)) continue;
    try {
      await accounts.create({ ...account, persona });
    } catch (error) {
      if (!(await accounts.findPersona(persona))) throw error;
    }
  }
}
