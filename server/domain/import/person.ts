import { hash } from 'node:crypto';
import { z } from 'zod';
import { emailKey } from '../../storage/accounts.ts';
import { type ImportedPerson, importKeyOf } from '../../storage/imports.ts';
import { ADDRESS_INPUTS } from '../claims/address.ts';
import type { FieldCatalogue } from '../claims/catalogue.ts';
import { TOLD_VALUES } from '../claims/fields.ts';
import { inputNameOf, valueSchema } from '../claims/own-field.ts';
import type { DomainContext } from '../context.ts';
import type { KeptPassword } from '../password-forms/forms.ts';
import { readPasswordHash } from '../password-forms/read-password-hash.ts';
import { belongingsOf, consentOf, passkeysOf, roleOf } from './belongings.ts';
import { emailSchema, id, optional, past } from './row-values.ts';

/** An upstream of the platform, by whose issuer people of the other system are known. */
export interface KnownIssuer {
  readonly id: string;
  readonly issuer: string;
}

/** Those by which people of a realm may be known. */
export function knownIssuers({ config, realm }: Pick<DomainContext, 'config' | 'realm'>): readonly KnownIssuer[] {
  return config.upstreams.filter(({ realms }) => realms.includes(realm));
}

const MAX_IDENTITIES = 10;

/** What gives somebody a part in a vendor's app, or an app a part in somebody. */
const OF_APPS = ['roles', 'consents'] as const;

const isAddressPart = (name: string) => ADDRESS_INPUTS.some((part) => part === name);
const told = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, optional(TOLD_VALUES[name]?.schema ?? z.never())]));

/**
 * A row of an import: one person, as JSON. A key that is not known is an error, because what it says would be lost.
 */
const rowSchema = (catalogue: FieldCatalogue) =>
  z
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
      claims: optional(
        z.strictObject(Object.fromEntries(catalogue.own.map((field) => [field.name, optional(valueSchema(field))]))),
      ),
      identities: optional(
        z
          .array(z.strictObject({ issuer: z.string().max(300), subject: id, email: optional(emailSchema) }))
          .max(MAX_IDENTITIES),
      ),
      ...belongingsOf(catalogue),
    })
    .refine((row) => row.id !== undefined || row.email !== undefined, 'needs an id or an email')
    .refine((row) => row.email !== undefined || !row.email_verified, 'email_verified without an email');

/** Of the fields of a platform, because a file has millions of rows. */
const schemas = new WeakMap<FieldCatalogue, ReturnType<typeof rowSchema>>();
function schemaFor(catalogue: FieldCatalogue): ReturnType<typeof rowSchema> {
  const made = schemas.get(catalogue) ?? rowSchema(catalogue);
  schemas.set(catalogue, made);
  return made;
}

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
 * @param known.isKey the row was sent with a key, which reaches no vendor's app: whoever has stolen one must not own those, nor pass at a vendor for
 * one of its users
 * @returns what it says, or what is wrong with it: the first mistake, with the key that has it
 */
export function readPerson(
  row: unknown,
  issuers: readonly KnownIssuer[],
  { fields, rpId, isKey }: { fields: FieldCatalogue; rpId?: string | undefined; isKey?: boolean | undefined },
): ReadRow | Refused {
  const { data, error } = schemaFor(fields).safeParse(row);
  if (error) return { reason: reasonOf(error) };
  const ofApps = isKey && OF_APPS.find((name) => (data[name]?.length ?? 0) > 0);
  if (ofApps) return { reason: `${ofApps}: needs the command platform import, because a key reaches no vendor’s app` };
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
  const claims = Object.fromEntries(
    fields.own.map((field) => [inputNameOf(field), data.claims?.[field.name] as string | undefined]),
  );
  const profile = fields.toProfile({ ...(data as Record<string, string | undefined>), ...data.address, ...claims });
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
      verifiedPhoneNumber:
        data.phone_number_verified === false ? null : data.phone_number_verified && profile.phoneNumber,
      lastSeenAt: data.last_seen_at,
      belongings: {
        identities,
        passkeys: read.passkeys,
        consents: (data.consents ?? []).map((each) => consentOf(each, fields)),
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
  'Invalid input': 'is of another type',
  too_long: 'is too long',
  valid_birthdate: 'is no date of birth as 1990-05-17',
  valid_characters: 'has characters that no name or address has',
  valid_country: 'is no country code of two letters',
  valid_choice: 'is none of the choices that the field has',
  valid_date: 'is no date as 1990-05-17',
  valid_format: 'does not match the pattern of the field',
  valid_language: 'is no language tag as nl-NL',
  valid_number: 'is no number, or one that the field does not take',
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
