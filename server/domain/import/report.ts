import type { FormName } from '../password-forms/forms.ts';
import type { LeftAlone, Reject } from './candidate.ts';

/** Rows that have the same mistake are counted together. A file with more mistakes than this is a file of something else. */
const MAX_KINDS = 50;
const OTHERS = 'other reasons';

/** What an import has met, by kind. */
export class Report {
  /** Of the rows that were left out. */
  readonly rejectedByReason: Record<string, number> = {};
  /** How the passwords of those were hashed who were created or updated; `none` have none. */
  readonly passwords: Partial<Record<FormName | 'none', number>> = {};
  /** Parts of rows that were left out, while the others were taken. */
  readonly leftAlone: Record<string, number> = {};

  rejected({ reason, kind = reason }: Pick<Reject, 'reason' | 'kind'>): void {
    const isNew = !Object.hasOwn(this.rejectedByReason, kind);
    const name = isNew && Object.keys(this.rejectedByReason).length >= MAX_KINDS ? OTHERS : kind;
    this.rejectedByReason[name] = (this.rejectedByReason[name] ?? 0) + 1;
  }

  password(form: FormName | 'none'): void {
    this.passwords[form] = (this.passwords[form] ?? 0) + 1;
  }

  left({ what, because }: LeftAlone): void {
    const name = `${what}: ${because}`;
    this.leftAlone[name] = (this.leftAlone[name] ?? 0) + 1;
  }
}
