import { setImmediate as nextTurn } from 'node:timers/promises';
import { isOutOfReach } from '../../storage/database-errors.ts';
import { StoppedError } from '../../storage/stoppable.ts';
import type { ImportCounts, KeptReject, UploadedImport } from '../../storage/uploaded-imports.ts';
import type { DomainContext } from '../context.ts';
import { importPeople, MAX_ROW_LENGTH, type Row } from '../import/import-people.ts';
import { knownIssuers } from '../import/person.ts';
import { relyingPartyOf } from '../passkeys/relying-party.ts';

type ImportContext = Pick<DomainContext, 'storage' | 'dataKeys' | 'config' | 'fields'>;

/** Of rejects, so many are kept, and so much of them. The count has all. */
const MAX_REJECTS = 1_000;
const MAX_REJECTS_BYTES = 1024 * 1024;
/** Requests have their turn after so many rows, and a statement about so many is put together in a few milliseconds. */
const ROWS_A_TURN = 20;
const ROWS_A_REPORT = 500;

/**
 * Imports what a key has uploaded. What a process has left behind that was killed is done again from the start: a row that says what it said
 * before changes nothing.
 * @returns false when nothing waits
 */
export async function runNextImport(
  context: ImportContext,
  log: { error(details: object, message: string): void },
): Promise<boolean> {
  const { storage } = context;
  const upload = await storage.uploadedImports.claim();
  if (!upload) return false;
  try {
    await run(context, upload);
  } catch (error) {
    if (error instanceof RevokedError) return true;
    // Its lease ends, and then it goes on.
    if (error instanceof StoppedError || isOutOfReach(error)) throw error;
    log.error({ err: error, upload: upload.id }, 'an uploaded import failed');
    await storage.uploadedImports.finish(upload.id, {
      state: 'failed',
      failure: 'Something failed on our side. The log has more.',
    });
  }
  return true;
}

async function run(
  { storage, dataKeys, config, fields }: ImportContext,
  upload: UploadedImport & { text: string },
): Promise<void> {
  const { id, realm, dryRun } = upload;
  const rejects: KeptReject[] = [];
  let rejectedBytes = 0;
  let sofar: ImportCounts = { read: 0, created: 0, updated: 0, unchanged: 0, rejected: 0 };
  const result = await importPeople(
    storage,
    rowsOf(upload.text, async () => {
      if (!(await storage.uploadedImports.progress(id, sofar))) throw new RevokedError();
    }),
    {
      ...{ realm, dataKeys, dryRun, source: `upload:${id}`, batchRows: ROWS_A_TURN, isKey: true },
      fields,
      rpId: relyingPartyOf({ config, realm }).id,
      issuers: knownIssuers({ config, realm }),
      onReject: (reject) => {
        rejectedBytes += JSON.stringify(reject).length;
        if (rejects.length < MAX_REJECTS && rejectedBytes < MAX_REJECTS_BYTES) rejects.push(reject);
      },
      onProgress: (counts) => {
        sofar = { ...counts };
      },
    },
  );
  const { importId, report: _, ...counts } = result;
  // What an earlier process has done of it counts, too.
  const whole = importId === undefined ? undefined : await storage.realm(realm).imports.find(importId);
  const { created, updated } = whole ?? counts;
  await storage.transaction(async (within) => {
    await within.uploadedImports.finish(id, { ...counts, created, updated, state: 'done', rejects, importId });
    if (importId === undefined) return;
    const entry = {
      realm,
      act: 'import.finished',
      actor: `management-key:${upload.keyId}`,
      subject: `import:${importId}`,
    } as const;
    await within.auditLog.append({ ...entry, detail: { ...counts, created, updated } });
  });
}

/** Its key was revoked, by which it has ended. */
class RevokedError extends Error {
  override name = 'RevokedError';
}

/** One JSON object a line (https://github.com/ndjson/ndjson-spec). */
async function* rowsOf(text: string, report: () => Promise<void>): AsyncGenerator<Row> {
  let line = 0;
  for (let at = 0; at < text.length; ) {
    const found = text.indexOf('\n', at);
    const end = found === -1 ? text.length : found;
    const json = text.slice(at, end).trim();
    at = end + 1;
    line += 1;
    if (line % ROWS_A_TURN === 0) await nextTurn();
    if (line % ROWS_A_REPORT === 0) await report();
    if (json !== '') yield parsed(line, json);
  }
}

function parsed(line: number, json: string): Row {
  // It would keep requests waiting.
  if (json.length > MAX_ROW_LENGTH) return { line, reason: `longer than ${MAX_ROW_LENGTH / 1024} KB` };
  try {
    return { line, row: JSON.parse(json) };
  } catch (error) {
    return { line, reason: `no JSON: ${(error as Error).message}` };
  }
}
