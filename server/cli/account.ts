import { type AddressClaim, REALMS } from '@signup-with-platform/protocol';
import { z } from 'zod';
import { hashPassword, MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, passwordLength } from '../accounts/passwords.ts';
import {
  addressLineSchema,
  addressLinesSchema,
  countrySchema,
  nameSchema,
  phoneNumberSchema,
} from '../accounts/profile.ts';
import { EmailTakenError } from '../storage/accounts.ts';
import { type Command, parseOptions, UsageError } from './command.ts';

const ADDRESS_PARTS = {
  'address-street-address': 'street_address',
  'address-street': 'street_address',
  'address-postal-code': 'postal_code',
  'address-locality': 'locality',
  'address-region': 'region',
  'address-country': 'country',
} as const satisfies Record<string, keyof AddressClaim>;

const schema = z.object({
  realm: z.enum(REALMS),
  email: z.email().max(254),
  password: z
    .string()
    .refine(
      (password) => passwordLength(password) >= MIN_PASSWORD_LENGTH && passwordLength(password) <= MAX_PASSWORD_LENGTH,
      `must have ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters`,
    ),
  'given-name': nameSchema.optional(),
  'family-name': nameSchema.optional(),
  phone: phoneNumberSchema.optional(),
  locale: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z\d]{1,8})*$/, 'not a BCP 47 tag')
    .optional(),
  picture: z.url({ protocol: /^https$/ }).optional(),
  'address-street-address': addressLinesSchema.optional(),
  /** Short for the one above. */
  'address-street': addressLinesSchema.optional(),
  'address-postal-code': addressLineSchema.optional(),
  'address-locality': addressLineSchema.optional(),
  'address-region': addressLineSchema.optional(),
  'address-country': countrySchema.optional(),
  verified: z.boolean().default(false),
});

const USAGE =
  'account create --realm production|sandbox --email E --password P [--given-name G] [--family-name F] [--phone N] [--locale L] [--picture URL] [--address-street-address S] [--address-postal-code C] [--address-locality L] [--address-region R] [--address-country CC] [--verified]';

export const accountCreate: Command = {
  name: 'account create',
  usage: USAGE,
  async run(words, { storage }) {
    const names = Object.keys(schema.shape).filter((name) => name !== 'verified');
    const options = parseOptions(
      words,
      {
        ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
        verified: { type: 'boolean' },
      },
      schema,
      USAGE,
    );
    const { accounts } = storage.realm(options.realm);
    const address: AddressClaim = {};
    for (const [option, part] of Object.entries(ADDRESS_PARTS)) {
      const value = options[option as keyof typeof ADDRESS_PARTS];
      if (value) address[part] = value;
    }
    if ((await accounts.findByEmail(options.email)).length > 0) throw taken(options.email);
    try {
      const account = await accounts.create({
        email: options.email,
        emailVerified: options.verified,
        passwordHash: await hashPassword(options.password),
        ...(options['given-name'] && { givenName: options['given-name'] }),
        ...(options['family-name'] && { familyName: options['family-name'] }),
        ...(options.phone && { phoneNumber: options.phone }),
        ...(options.locale && { locale: options.locale }),
        ...(options.picture && { picture: options.picture }),
        ...(Object.keys(address).length > 0 && { address }),
      });
      return { account_id: account.id };
    } catch (error) {
      throw error instanceof EmailTakenError ? taken(options.email) : error;
    }
  },
};

function taken(email: string): UsageError {
  return new UsageError(`There is an account with the address ${email} already.`);
}
