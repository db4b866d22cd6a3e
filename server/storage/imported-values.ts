import { hash } from 'node:crypto';
import type { NewAccount } from './accounts.ts';
import { emailKey } from './email-key.ts';
import {
  type AccountProfile,
  PROFILE_COLUMN_NAMES,
  PROFILE_PARTS,
  type ProfileRow,
  profileColumns,
} from './profile-columns.ts';

/** Columns of an account that a row tells of, and that its person can change here. */
export type ToldColumn = keyof ProfileRow | 'email_key';
export const TOLD_COLUMNS: readonly ToldColumn[] = ['email_key', ...PROFILE_COLUMN_NAMES];
export type ToldValues = Partial<Record<ToldColumn, string | null>>;

/** Enough to see that a value is another one; a second copy of it would be one more to protect. */
const MARK_LENGTH = 8;

/** What a row tells of a person. What it leaves out is not in it. */
export function toldBy(account: NewAccount): ToldValues {
  const { email } = account;
  const columns = { ...profileColumns(account), ...(email !== undefined && { email_key: emailKey(email) }) };
  return Object.fromEntries(Object.entries(columns).filter(([column]) => TOLD_COLUMNS.some((told) => told === column)));
}

/** The parts of an account whose columns these are, as they are to be set. */
export function partsIn(account: NewAccount, columns: readonly ToldColumn[]): AccountProfile {
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
): { set: ToldColumn[]; kept: ToldColumn[] } {
  const marks = readMarks(before);
  const columns = Object.keys(told) as ToldColumn[];
  const changed = columns.filter((column) => told[column] !== present[column]);
  const isTheirs = (column: ToldColumn) => markOf(column, present[column]) !== marks[column];
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
