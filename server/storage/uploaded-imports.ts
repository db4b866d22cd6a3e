import type { Realm } from '@signup-with-platform/protocol';
import type { Selectable } from 'kysely';
import { dateOf, fromJson } from './columns.ts';
import { randomId } from './ids.ts';
import { present } from './present.ts';
import { Repository } from './repository.ts';
import type { UploadedImportRow, UploadedImportState } from './tables.ts';

/** How many uploads of a key may wait or run. */
export const MAX_OPEN_IMPORTS = 5;
/** How many uploads of a key are listed, newest first. */
const MAX_LISTED = 100;
/** A process that has said nothing for so long has died, and another one goes on. Batches take a second or so. */
const LEASE_MS = 2 * 60 * 1000;
/** How long an upload and its rejects are kept once it is done. */
export const UPLOADED_IMPORT_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

export interface ImportCounts {
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
}

/** People that a key has uploaded. */
export interface UploadedImport extends ImportCounts {
  id: string;
  realm: Realm;
  keyId: string;
  state: UploadedImportState;
  dryRun: boolean;
  /** As `platform import list` has it. Absent before it has begun, and of a dry run. */
  importId?: string;
  failure?: string;
  createdAt: Date;
  finishedAt?: Date;
}

export interface KeptReject {
  line: number;
  reason: string;
  row?: unknown;
}

/** Uploads of people, each of which one process takes at a time. */
export class UploadedImportRepository extends Repository {
  /** @returns undefined when the key has {@link MAX_OPEN_IMPORTS} that are not done */
  async add(
    upload: Pick<UploadedImport, 'realm' | 'keyId' | 'dryRun'> & { text: string },
  ): Promise<UploadedImport | undefined> {
    const { count } = await this.db
      .selectFrom('uploaded_imports')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('key_id', '=', upload.keyId)
      .where('due_at', 'is not', null)
      .executeTakeFirstOrThrow();
    if (Number(count) >= MAX_OPEN_IMPORTS) return undefined;
    const now = Date.now();
    const row: UploadedImportRow = {
      ...{
        id: randomId(),
        realm: upload.realm,
        key_id: upload.keyId,
        state: 'waiting',
        dry_run: upload.dryRun ? 1 : 0,
      },
      ...{ text: upload.text, read: 0, created: 0, updated: 0, unchanged: 0, rejected: 0, rejects: null },
      ...{ import_id: null, failure: null, due_at: now, created_at: now, finished_at: null },
    };
    await this.db.insertInto('uploaded_imports').values(row).execute();
    return toUpload(row);
  }

  async find(keyId: string, id: string): Promise<UploadedImport | undefined> {
    if (id.includes('\0')) return undefined;
    const row = await this.#select().where('key_id', '=', keyId).where('id', '=', id).executeTakeFirst();
    return row && toUpload(row);
  }

  /** The latest of a key, newest first. */
  async list(keyId: string): Promise<UploadedImport[]> {
    const rows = await this.#select()
      .where('key_id', '=', keyId)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(MAX_LISTED)
      .execute();
    return rows.map(toUpload);
  }

  async rejects(id: string): Promise<KeptReject[]> {
    const row = await this.db.selectFrom('uploaded_imports').select('rejects').where('id', '=', id).executeTakeFirst();
    return fromJson(row?.rejects ?? null) ?? [];
  }

  /** Takes the upload that has waited longest, or whose process has died. @returns undefined when there is nothing to do */
  async claim(): Promise<(UploadedImport & { text: string }) | undefined> {
    const now = Date.now();
    const row = await this.db
      .updateTable('uploaded_imports')
      .set({ state: 'running', due_at: now + LEASE_MS })
      .where('id', '=', ({ selectFrom }) =>
        selectFrom('uploaded_imports').select('id').where('due_at', '<=', now).orderBy('due_at').limit(1),
      )
      // Of two processes that have found the same, the second one sees that it is taken.
      .where('due_at', '<=', now)
      .returningAll()
      .executeTakeFirst();
    return row && { ...toUpload(row), text: row.text ?? '' };
  }

  /** Says how far it is, and keeps it for longer. */
  async progress(id: string, counts: ImportCounts): Promise<void> {
    await this.db
      .updateTable('uploaded_imports')
      .set({ ...counts, due_at: Date.now() + LEASE_MS })
      .where('id', '=', id)
      .where('state', '=', 'running')
      .execute();
  }

  /** Ends it. The people who were uploaded are kept no longer; of those who were rejected, what `rejects` has. */
  async finish(
    id: string,
    end: Partial<ImportCounts> & {
      state: 'done' | 'failed';
      rejects?: readonly KeptReject[];
      importId?: string | undefined;
      failure?: string;
    },
  ): Promise<void> {
    const { state, rejects, importId, failure, ...counts } = end;
    await this.db
      .updateTable('uploaded_imports')
      .set({
        ...counts,
        ...{ state, text: null, due_at: null, finished_at: Date.now() },
        ...{ import_id: importId ?? null, failure: failure ?? null, rejects: rejects ? JSON.stringify(rejects) : null },
      })
      .where('id', '=', id)
      .execute();
  }

  #select() {
    return this.db
      .selectFrom('uploaded_imports')
      .select(['id', 'realm', 'key_id', 'state', 'dry_run', 'read', 'created', 'updated', 'unchanged', 'rejected'])
      .select(['import_id', 'failure', 'created_at', 'finished_at']);
  }
}

function toUpload(row: Omit<Selectable<UploadedImportRow>, 'text' | 'rejects' | 'due_at'>): UploadedImport {
  return present<UploadedImport>({
    ...{ id: row.id, realm: row.realm, keyId: row.key_id, state: row.state, dryRun: row.dry_run === 1 },
    ...{ read: Number(row.read), created: Number(row.created), updated: Number(row.updated) },
    ...{ unchanged: Number(row.unchanged), rejected: Number(row.rejected) },
    ...{ importId: row.import_id, failure: row.failure },
    createdAt: new Date(row.created_at),
    finishedAt: dateOf(row.finished_at),
  });
}
