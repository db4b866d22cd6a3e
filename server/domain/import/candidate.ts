import type { KnownPerson, PresentValues } from '../../storage/imports.ts';
import type { ReadRow, Refused } from './person.ts';

/** A row that could be read. */
export interface Candidate extends ReadRow {
  line: number;
  row: unknown;
}

export type ToCreate = Candidate & { id: string };
export type ToUpdate = Candidate & { id: string; before: KnownPerson; present: PresentValues | undefined };

/** A row that was left out, and why. */
export interface Reject extends Refused {
  line: number;
  row?: unknown;
}

/** A part of a row that was left out, while the others were taken. */
export interface LeftAlone {
  line: number;
  /** The key of the row. */
  what: string;
  because: 'changed here' | 'opens another account';
}

/** What the database has of a batch's people. */
export interface Found {
  known: Map<string, KnownPerson>;
  /** Accounts by the addresses that they have verified, by identities, and by passkeys. */
  owners: Map<string, string>;
  identified: Map<string, string>;
  passkeyOwners: Map<string, string>;
}

export interface Judged {
  unchanged: number;
  toCreate: ToCreate[];
  toUpdate: ToUpdate[];
  rejects: Reject[];
  leftAlone: LeftAlone[];
}
