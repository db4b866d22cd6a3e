import { hash } from 'node:crypto';
import { z } from 'zod';
import { emailKey } from '../../storage/accounts.ts';
import { type ImportedPerson, importKeyOf } from '../../storage/imports.ts';
import { ADDRESS_INPUTS } from '../claims/address.ts';
import { TOLD_VALUES, toProfile } from '../claims/fields.ts';
import type { KeptPassword } from '../password-forms/forms.ts';
import { readPasswordHash } from '../password-forms/read-password-hash.ts';
import { BELONGINGS, consentOf, passkeysOf, roleOf } from './belongings.ts';
import { emailSchema, id, optional, past } from './row-values.ts';

/** An upstream of the platform, by whose issuer people of the other system are known. */
export interface KnownIssuer {
  readonly id: string;
  readonly issuer: string;
}

const MAX_IDENTITIES = 10;

const isAddressPart = (name: string) => ADDRESS_INPUTS.some((part) => part === name);
const told = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, optional(TOLD_VALUES[name]?.schema ?? z.never())]));

/**
 * A row of an import: one person, as JSON. A key that is not known is an error, because what it says would be lost.
 */
const rowSchema = z
  .strictObject({
    id: optional(id),
    email: optional(emailSchema),
    email_verified: optional(z.boolean()),
    password_hash: optional(z.union([z.string().max(4_096), z.record(z.string(), z.unknown())])),
    ...told(Object.keys(TOLD_VALUES).filter((name) => !isAddressPart(name))),
    address: optional(z.strictObject(told(ADDRESS_INPUTS))),
    phone_number_verified: optional(z.boolean()),
    blocked: optional(z.boolean()),
    created_at: optional(past),
    last_seen_at: optional(past),
    // The platform's own claims. It has none yet.
    claims: optional(z.strictObject({})),
    identities: optional(
      z
        .array(z.strictObject({ issuer: z.string().max(300), subject: id, email: optional(emailSchema) }))
        .max(MAX_IDENTITIES),
    ),
    ...BELONGINGS,
  })
  .refine((row) => row.id !== undefined || row.email !== undefined, 'needs an id or an email')
  .refine((row) => row.email !== undefined || !row.email_verified, 'email_verified without an email');

/** What a row says. Secrets that are stored sealed are beside the person, because they are sealed for an account. */
export interface ReadRow {
  person: Omit<ImportedPerson, 'id'>;
  password: KeptPassword | undefined;
  /** In base 32. */
  totp: string | undefined;
}

/**
 * Why a row is left out.
 * `kind` is the same for rows that have the same mistake, where the reason names what is in the row. Default: the reason.
 */
export interface Refused {
  reason: string;
  kind?: string | undefined;
}

/**
 * Reads one row.
 * @param row parsed JSON, or the cells of a table by name
 * @param known.rpId our own relying party's, for which passkeys have to be made
 * @returns what it says, or what is wrong with it: the first mistake, with the key that has it
 */
export function readPerson(
  row: unknown,
  issuers: readonly KnownIssuer[],
  { rpId }: { rpId?: string | undefined } = {},
): ReadRow | Refused {
  const { data, error } = rowSchema.safeParse(row);
  if (error) return { reason: reasonOf(error) };
  const password = data.password_hash === undefined ? undefined : readPasswordHash(data.password_hash);
  if (password && 'problem' in password) return { reason: password.problem };
  const identities: ImportedPerson['belongings']['identities'][number][] = [];
  for (const identity of data.identities ?? []) {
    const upstream = issuers.find(({ issuer }) => issuer === identity.issuer);
    if (!upstream) return { reason: `identities: no upstream of this realm has the issuer ${identity.issuer}` };
    identities.push({ ...identity, upstream: upstream.id });
  }
  const read = passkeysOf(data.passkeys ?? [], { rpId, id: data.id });
  if ('reason' in read) return { ...read, kind: 'passkeys: made for another relying party, or without a user handle' };
  const profile = toProfile({ ...(data as Record<string, string | undefined>), ...data.address });
  return {
    person: {
      key: data.id === undefined ? `email:${emailKey(data.email ?? '')}` : importKeyOf(data.id),
      digest: hash('sha256', JSON.stringify(data), 'base64url'),
      account: {
        ...profile,
        ...(data.email !== undefined && { email: data.email, emailVerified: data.email_verified ?? false }),
        ...(data.blocked !== undefined && { blocked: data.blocked }),
      },
      createdAt: data.created_at,
      verifiedPhoneNumber: data.phone_number_verified ? profile.phoneNumber : undefined,
      lastSeenAt: data.last_seen_at,
      belongings: {
        identities,
        passkeys: read.passkeys,
        consents: (data.consents ?? []).map(consentOf),
        roles: (data.roles ?? []).map(roleOf),
      },
    },
    password: password?.kept,
    totp: data.totp,
  };
}

/** What is wrong with a value, for whoever has made the export. Schemas that forms use, too, say it in codes. */
const PROBLEMS: Readonly<Record<string, string>> = {
  // In a table everything is a string, and "received string" helps nobody.
  'Invalid input: expected boolean, received string': 'is neither true nor false',
  too_long: 'is too long',
  valid_birthdate: 'is no date of birth as 1990-05-17',
  valid_characters: 'has characters that no name or address has',
  valid_country: 'is no country code of two letters',
  valid_language: 'is no language tag as nl-NL',
  valid_phone_number: 'is no phone number with its country code',
};

/**
 * The first mistake, with the key that has it.
 * @param list what lists the keys that are known
 */
export function reasonOf({ issues: [issue] }: z.ZodError, list = 'the guide to imports'): string {
  if (issue?.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => [...issue.path, key].join('.'));
    return `${keys.join(', ')}: not known; the keys are those that ${list} lists`;
  }
  const message = issue && (PROBLEMS[issue.message] ?? issue.message);
  return [issue?.path.join('.'), message].filter(Boolean).join(': ');
}
