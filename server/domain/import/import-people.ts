import { randomId } from '../../storage/ids.ts';
import { notYetBrought } from '../../storage/imported-belongings.ts';
import type { Storage } from '../../storage/index.ts';
import type { FieldCatalogue } from '../claims/catalogue.ts';
import { isWeak } from '../password-forms/sealed.ts';
import type { Candidate, Judged, LeftAlone, Reject } from './candidate.ts';
import { DryRunMemory } from './dry-run-memory.ts';
import { type JudgeOptions, judge } from './judge.ts';
import { type KnownIssuer, type ReadRow, type Refused, readPerson } from './person.ts';
import { Report } from './report.ts';
import { storedPerson } from './stored-person.ts';

export type { LeftAlone, Reject } from './candidate.ts';

/** What is read of a file: a row and where it stands, or why there is none. */
export type Row = { line: number; row: unknown } | { line: number; reason: string; kind?: string; row?: unknown };

export interface Counts {
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
}

export interface ImportOptions extends JudgeOptions {
  /** Names the file and its content, so that an import that was cut off goes on under the same id. */
  source: string;
  /** Turns a row of another system's export into one of ours. */
  map?(row: unknown): { row: unknown } | Refused;
  /** Issuers by which people may be known. */
  issuers: readonly KnownIssuer[];
  /** Rows that one transaction takes. Default: {@link BATCH_ROWS}. */
  batchRows?: number;
  /** Relying party of our passkeys. Default: rows bring none. */
  rpId?: string | undefined;
  /** The fields that the platform has, its own among them. */
  fields: FieldCatalogue;
  /** Says what would happen, and changes nothing. */
  dryRun: boolean;
  onReject(reject: Reject): void | Promise<void>;
  /** Called for each part of a row that is left out while the others are taken. */
  onLeftAlone?(left: LeftAlone): void;
  /** Called after each batch. */
  onProgress?(counts: Readonly<Counts>): void;
}

/** What one transaction takes: short enough that a server which writes at the same time does not wait for it. */
const BATCH_ROWS = 500;

/**
 * Brings people from another system. Each batch is one transaction, so that what was stopped in the middle can be done again: a row that says
 * what it said before changes nothing. A bad row never stops the others.
 * @returns what was done, and the import's id; none after a dry run
 */
export async function importPeople(
  storage: Storage,
  rows: AsyncIterable<Row>,
  options: ImportOptions,
): Promise<Counts & { importId: string | undefined; report: Report }> {
  const counts: Counts = { read: 0, created: 0, updated: 0, unchanged: 0, rejected: 0 };
  const report = new Report();
  const importId = options.dryRun ? undefined : await storage.realm(options.realm).imports.begin(options.source);
  const memory = options.dryRun ? new DryRunMemory() : undefined;
  const reject = async (rejected: Reject) => {
    counts.rejected += 1;
    report.rejected(rejected);
    await options.onReject(rejected);
  };
  let batch = new Map<string, Candidate>();
  const flush = async () => {
    if (batch.size > 0) {
      const candidates = [...batch.values()];
      const done =
        importId === undefined
          ? await judge(storage, candidates, options, memory)
          : await writeBatch(storage, candidates, options, importId);
      for (const rejected of done.rejects) await reject(rejected);
      for (const left of done.leftAlone) {
        report.left(left);
        options.onLeftAlone?.(left);
      }
      for (const { password } of [...done.toCreate, ...done.toUpdate]) report.password(password?.form ?? 'none');
      counts.created += done.toCreate.length;
      counts.updated += done.toUpdate.length;
      counts.unchanged += done.unchanged;
    }
    batch = new Map();
    options.onProgress?.(counts);
  };
  for await (const each of rows) {
    counts.read += 1;
    const row = personIn(each, options);
    if ('reason' in row) {
      await reject({ line: each.line, reason: row.reason, kind: row.kind, row: each.row });
      continue;
    }
    const read = await withSafeDigest(row, options);
    // A later row about the same person is judged by what the earlier one has done.
    if (batch.has(read.person.key)) await flush();
    batch.set(read.person.key, { line: each.line, row: each.row, ...read });
    if (batch.size >= (options.batchRows ?? BATCH_ROWS)) await flush();
  }
  await flush();
  if (importId !== undefined) await storage.realm(options.realm).imports.finish(importId);
  return { ...counts, importId, report };
}

function personIn(given: Row, { map, issuers, fields, rpId }: ImportOptions): ReadRow | Refused {
  if ('reason' in given) return given;
  const mapped = map ? map(given.row) : given;
  return 'reason' in mapped ? mapped : readPerson(mapped.row, issuers, { fields, rpId });
}

/**
 * The digest of a row with a weak hash is made with a key. Otherwise whoever has stolen the database could try passwords on it as fast as on the weak
 * hash itself, because the rest of the row is there to be read.
 */
async function withSafeDigest(
  read: ReadRow,
  { dataKeys, dryRun }: Pick<ImportOptions, 'dataKeys' | 'dryRun'>,
): Promise<ReadRow> {
  const { person, password } = read;
  if (!password || !isWeak(password) || !dataKeys.isAvailable) return read;
  // Without a key, no such row has been brought before.
  const digest = (await dataKeys.nameOf(person.digest, 'rows of imports', { make: !dryRun })) ?? randomId();
  return { ...read, person: { ...person, digest } };
}

function writeBatch(
  storage: Storage,
  batch: readonly Candidate[],
  options: ImportOptions,
  importId: string,
): Promise<Judged> {
  const { realm, dataKeys } = options;
  return storage.transaction(async (within) => {
    const { imports, sessions } = within.realm(realm);
    const judged = await judge(within, batch, options);
    const { toCreate, toUpdate } = judged;
    await noteRoles(within, importId, judged);
    await imports.create(importId, await Promise.all(toCreate.map((each) => storedPerson(dataKeys, each))));
    if (options.again) await imports.forgetErased(toCreate.map(({ person }) => person.key));
    for (const each of toUpdate) {
      if (each.present) await imports.update(importId, await storedPerson(dataKeys, each), each.before, each.present);
      // As with `account block`: whoever is blocked is signed in nowhere.
      if (each.person.account.blocked) await sessions.endAll(each.id);
    }
    await imports.count(importId, { created: toCreate.length, updated: toUpdate.length });
    return judged;
  });
}

/** As every way to become a member of an app does. */
export async function noteRoles({ appMembers, auditLog }: Storage, importId: string, judged: Judged): Promise<void> {
  const added = [
    ...judged.toCreate.map(({ id, person }) => ({ id, roles: person.belongings.roles })),
    ...judged.toUpdate.map(({ id, person, before }) => ({
      id,
      roles: notYetBrought(person.belongings, before.brought).roles,
    })),
  ];
  for (const { id: account, roles } of added)
    for (const { appId, role } of roles) {
      if ((await appMembers.findRole(appId, account)) !== undefined) continue;
      const detail = { account, role, import: importId };
      await auditLog.append({ realm: null, act: 'member.added', actor: 'operator', subject: `app:${appId}`, detail });
    }
}
