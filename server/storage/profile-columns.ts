import type { AddressClaim } from '@signup-with-platform/protocol';
import { sql } from 'kysely';
import { nameKey } from './name-key.ts';

/** A value of an own field: a text, a number, or yes and no. */
export type OwnValue = string | number | boolean;
export type OwnClaims = Readonly<Record<string, OwnValue>>;

interface ProfileColumn<Value> {
  readonly column: string;
  write(value: Value): string;
  read(stored: string): Value;
}

function text<Name extends string>(column: Name) {
  return { column, write: (value: string) => value, read: (stored: string) => stored };
}

function json<Value, Name extends string>(column: Name) {
  return {
    column,
    write: (value: Value) => JSON.stringify(value),
    read: (stored: string): Value => JSON.parse(stored),
  };
}

/** The parts of an account that a person fills in, each with its column. */
const PROFILE_COLUMNS = {
  givenName: text('given_name'),
  familyName: text('family_name'),
  phoneNumber: text('phone_number'),
  /** The number that the operator's own system has verified. Another number is not verified, and a change removes it for good. */
  verifiedPhoneNumber: text('verified_phone_number'),
  address: json<AddressClaim, 'address'>('address'),
  /** `YYYY-MM-DD`. */
  birthdate: text('birthdate'),
  /** BCP 47. */
  locale: text('locale'),
  picture: text('picture'),
  /** What the account has for the operator's own fields, by name. */
  ownClaims: json<OwnClaims, 'own_claims'>('own_claims'),
};
type Columns = typeof PROFILE_COLUMNS;

export type ProfilePart = keyof Columns;
export type AccountProfile = { [Part in ProfilePart]?: ReturnType<Columns[Part]['read']> };
/** `undefined` leaves as it is; `null` removes. */
/** Of own fields, each by itself. */
export type AccountProfileChanges = {
  [Part in Exclude<ProfilePart, 'ownClaims'>]?: AccountProfile[Part] | null | undefined;
} & {
  ownClaims?: OwnClaimChanges | null | undefined;
};
/** Values to set; null removes one, and the others stay. */
export type OwnClaimChanges = Readonly<Record<string, OwnValue | null>>;
export type ProfileRow = { [Part in ProfilePart as Columns[Part]['column']]: string | null };

const COLUMNS = Object.entries(PROFILE_COLUMNS) as [ProfilePart, ProfileColumn<unknown>][];

/** Names of the columns. */
export const PROFILE_COLUMN_NAMES = COLUMNS.map(([, { column }]) => column) as (keyof ProfileRow)[];

/** The parts with the names of their columns. */
export const PROFILE_PARTS = COLUMNS.map(([part, { column }]) => [part, column] as const);

/** What people are looked up by, made of what they are called. */
interface NameKeys {
  given_name_key?: string | null;
  family_name_key?: string | null;
}

/** The columns that change. */
export function profileColumns(changes: AccountProfileChanges): Partial<ProfileRow> & NameKeys {
  const changed = COLUMNS.filter(([part]) => changes[part] !== undefined);
  const { givenName, familyName } = changes;
  return {
    ...Object.fromEntries(
      changed.map(([part, { column, write }]) => [column, changes[part] === null ? null : write(changes[part])]),
    ),
    ...(givenName !== undefined && { given_name_key: givenName && nameKey(givenName) }),
    ...(familyName !== undefined && { family_name_key: familyName && nameKey(familyName) }),
  };
}

/** What the column holds after a change. @param before what there is now */
export function mergedOwnClaims(before: OwnClaims | null | undefined, changes: OwnClaimChanges): string | null {
  const all: Record<string, OwnValue | null> = { ...before, ...changes };
  const kept = Object.entries(all).filter(([, value]) => value !== null);
  return kept.length > 0 ? JSON.stringify(Object.fromEntries(kept)) : null;
}

/** As {@link profileColumns} of an account that there is: another phone number is not verified any more, the same one stays so. */
export function changedProfileColumns(changes: AccountProfileChanges) {
  const { phoneNumber, verifiedPhoneNumber } = changes;
  if (phoneNumber === undefined || verifiedPhoneNumber !== undefined) return profileColumns(changes);
  return {
    ...profileColumns(changes),
    verified_phone_number: sql<
      string | null
    >`case when phone_number = cast(${phoneNumber} as text) then verified_phone_number end`,
  };
}

/** What the columns hold; absent where they are empty. */
export function profileOf(row: ProfileRow): AccountProfile {
  return Object.fromEntries(
    COLUMNS.flatMap(([part, { column, read }]) => {
      const stored = row[column as keyof ProfileRow];
      return stored === null ? [] : [[part, read(stored)]];
    }),
  );
}
