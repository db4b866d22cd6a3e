import { hash } from 'node:crypto';
import type { NewAccount } from './accounts.ts';
import { emailKey } from './email-key.ts';
import {
  type AccountProfile,
  type OwnClaims,
  PROFILE_COLUMN_NAMES,
  PROFILE_PARTS,
  type ProfileRow,
  profileColumns,
} from './profile-columns.ts';

/** Own fields are in one column, and each is changed by itself. Of a verified phone number, the row alone can say that. */
type ToldColumn = Exclude<keyof ProfileRow, 'own_claims' | 'verified_phone_number'> | 'email_key';
/** What a row tells of a person, and what they can change here: columns, and own fields as `claims.NAME`. */
export type ToldName = ToldColumn | `claims.${string}`;
export const TOLD_COLUMNS: readonly ToldColumn[] = [
  'email_key',
  ...PROFILE_COLUMN_NAMES.filter((column) => column !== 'own_claims' && column !== 'verified_phone_number'),
];
export type ToldValues = Partial<Record<ToldName, string | null>>;

/** Enough to see that a value is another one; a second copy of it would be one more to protect. */
const MARK_LENGTH = 8;

/** What a row tells of a person. What it leaves out is not in it. */
export function toldBy(account: NewAccount): ToldValues {
  const { email } = account;
  const columns = { ...profileColumns(account), ...(email !== undefined && { email_key: emailKey(email) }) };
  const told = Object.entries(columns).filter(([column]) => TOLD_COLUMNS.some((each) => each === column));
  return { ...Object.fromEntries(told), ...byName(account.ownClaims) };
}

/** The same of what an account has, by its columns. */
export function presentIn({ own_claims, ...columns }: ToldValues & { own_claims: string | null }): ToldValues {
  return { ...columns, ...byName(own_claims === null ? undefined : JSON.parse(own_claims)) };
}

function byName(ownClaims: OwnClaims = {}): ToldValues {
  return Object.fromEntries(Object.entries(ownClaims).map(([name, value]) => [`claims.${name}`, String(value)]));
}

/** The own fields among these, as they are to be set; undefined when there are none. */
export function ownClaimsIn({ ownClaims = {} }: NewAccount, names: readonly ToldName[]): OwnClaims | undefined {
  const set = Object.entries(ownClaims).filter(([name]) => names.includes(`claims.${name}`));
  return set.length > 0 ? Object.fromEntries(set) : undefined;
}

/** The parts of an account whose columns these are, as they are to be set. */
export function partsIn(account: NewAccount, columns: readonly ToldName[]): AccountProfile {
  const parts = PROFILE_PARTS.filter(([, column]) => columns.some((each) => each === column));
  return Object.fromEntries(parts.map(([part]) => [part, account[part]]));
}

/** Short hashes of what was told, as they are stored. What the row before told and this one leaves out stays as it was. */
export function marksOf(told: ToldValues, before: string | null = null): string {
  const marks = Object.entries(told).map(([column, value]) => [column, markOf(column, value)]);
  return JSON.stringify({ ...readMarks(before), ...Object.fromEntries(marks) });
}

/**
 * What a row that has changed changes of its person. What they have changed here since stays theirs: only a value that is still as the row before
 * told it, or one that nobody has ever told, is set.
 * @param before the marks of the row before
 * @param present what the account says now
 */
export function changesOf(
  told: ToldValues,
  before: string | null,
  present: ToldValues,
): { set: ToldName[]; kept: ToldName[] } {
  const marks = readMarks(before);
  const columns = Object.keys(told) as ToldName[];
  const changed = columns.filter((column) => told[column] !== present[column]);
  const isTheirs = (column: ToldName) => markOf(column, present[column]) !== marks[column];
  return { set: changed.filter((column) => !isTheirs(column)), kept: changed.filter(isTheirs) };
}

/** None of a value that is not there. */
function markOf(column: string, value: string | null | undefined): string | undefined {
  if (value === null || value === undefined) return undefined;
  return hash('sha256', `${column}\n${value}`, 'base64url').slice(0, MARK_LENGTH);
}

function readMarks(stored: string | null): Readonly<Record<string, string | undefined>> {
  return stored === null ? {} : JSON.parse(stored);
}
