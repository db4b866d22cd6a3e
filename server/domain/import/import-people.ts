import type { Realm } from '@signup-with-platform/protocol';
import type { DataKeys } from '../../data-key/data-keys.ts';
import { emailKey } from '../../storage/accounts.ts';
import { randomId } from '../../storage/ids.ts';
import type { ImportedPerson } from '../../storage/imports.ts';
import type { RealmStorage, Storage } from '../../storage/index.ts';
import type { FieldCatalogue } from '../claims/catalogue.ts';
import type { KeptPassword } from '../password-forms/forms.ts';
import { isWeak, toStored } from '../password-forms/sealed.ts';
import { type KnownIssuer, readPerson } from './person.ts';

/** What is read of a file: a row and where it stands, or why there is none. */
export type Row = { line: number; row: unknown } | { line: number; reason: string; row?: unknown };

/** A row that was left out, and why. */
export interface Reject {
  line: number;
  reason: string;
  row?: unknown;
}

export interface Counts {
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
}

export interface ImportOptions {
  realm: Realm;
  /** Names the file and its content, so that an import that was cut off goes on under the same id. */
  source: string;
  /** Turns a row of another system's export into one of ours. */
  map?(row: unknown): { row: unknown } | { reason: string };
  /** What seals weak digests. */
  dataKeys: DataKeys;
  /** Issuers by which people may be known. */
  issuers: readonly KnownIssuer[];
  fields: FieldCatalogue;
  /** Says what would happen, and changes nothing. */
  dryRun: boolean;
  onReject(reject: Reject): void | Promise<void>;
  /** Called after each batch. */
  onProgress?(counts: Readonly<Counts>): void;
}

/** What one transaction takes: short enough that a server which writes at the same time does not wait for it. */
const BATCH_ROWS = 500;

const NEEDS_KEY = 'password_hash is so weak that it is stored encrypted, which needs the setting DATA_KEY';

interface Candidate {
  line: number;
  row: unknown;
  person: Omit<ImportedPerson, 'id'>;
  password: KeptPassword | undefined;
}

/**
 * Brings people from another system. Each batch is one transaction, so that what was stopped in the middle can be done again: a row that says
 * what it said before changes nothing. A bad row never stops the others.
 * @returns what was done, and the import's id; none after a dry run
 */
export async function importPeople(
  storage: Storage,
  rows: AsyncIterable<Row>,
  options: ImportOptions,
): Promise<Counts & { importId: string | undefined }> {
  const counts: Counts = { read: 0, created: 0, updated: 0, unchanged: 0, rejected: 0 };
  const importId = options.dryRun ? undefined : await storage.realm(options.realm).imports.begin(options.source);
  const reject = async (rejected: Reject) => {
    counts.rejected += 1;
    await options.onReject(rejected);
  };
  let batch = new Map<string, Candidate>();
  const flush = async () => {
    if (batch.size > 0) {
      const done = await writeBatch(storage, [...batch.values()], options, importId);
      for (const rejected of done.rejects) await reject(rejected);
      counts.created += done.created;
      counts.updated += done.updated;
      counts.unchanged += done.unchanged;
    }
    batch = new Map();
    options.onProgress?.(counts);
  };
  for await (const each of rows) {
    counts.read += 1;
    const row = personIn(each, options);
    if ('reason' in row) {
      await reject({ line: each.line, reason: row.reason, row: each.row });
      continue;
    }
    const read = await withSafeDigest(row, options);
    // A later row about the same person is judged by what the earlier one has done.
    if (batch.has(read.person.key)) await flush();
    batch.set(read.person.key, { line: each.line, row: each.row, ...read });
    if (batch.size >= BATCH_ROWS) await flush();
  }
  await flush();
  if (importId !== undefined) await storage.realm(options.realm).imports.finish(importId);
  return { ...counts, importId };
}

function personIn(given: Row, { map, issuers, fields }: ImportOptions): ReturnType<typeof readPerson> {
  if ('reason' in given) return given;
  const mapped = map ? map(given.row) : given;
  return 'reason' in mapped ? mapped : readPerson(mapped.row, issuers, fields);
}

type Read = Pick<Candidate, 'person' | 'password'>;

/**
 * The digest of a row with a weak hash is made with a key. Otherwise whoever has stolen the database could try passwords on it as fast as on the weak
 * hash itself, because the rest of the row is there to be read.
 */
async function withSafeDigest(
  { person, password }: Read,
  { dataKeys, dryRun }: Pick<ImportOptions, 'dataKeys' | 'dryRun'>,
): Promise<Read> {
  if (!password || !isWeak(password) || !dataKeys.isAvailable) return { person, password };
  // Without a key, no such row has been brought before.
  const digest = (await dataKeys.nameOf(person.digest, 'rows of imports', { make: !dryRun })) ?? randomId();
  return { person: { ...person, digest }, password };
}

type Done = Pick<Counts, 'created' | 'updated' | 'unchanged'> & { rejects: Reject[] };

/** Does a batch or, without an import, finds out what would be done. */
function writeBatch(
  storage: Storage,
  batch: readonly Candidate[],
  { realm, dataKeys }: ImportOptions,
  importId: string | undefined,
): Promise<Done> {
  if (importId === undefined) return judge(storage.realm(realm), dataKeys, batch).then(({ done }) => done);
  return storage.transaction(async (within) => {
    const { imports, sessions } = within.realm(realm);
    const { done, toCreate, toUpdate } = await judge(within.realm(realm), dataKeys, batch);
    await imports.create(importId, await Promise.all(toCreate.map((each) => personOf(dataKeys, each))));
    for (const each of toUpdate) {
      await imports.update(await personOf(dataKeys, each));
      // As with `account block`: whoever is blocked is signed in nowhere.
      if (each.person.account.blocked) await sessions.endAll(each.id);
    }
    await imports.count(importId, done);
    return done;
  });
}

/** The person with the password as it is stored. */
async function personOf(
  dataKeys: DataKeys,
  { id, person, password }: Candidate & { id: string },
): Promise<ImportedPerson> {
  if (!password) return { ...person, id };
  const foreignPassword = await toStored(dataKeys, id, password);
  return { ...person, id, account: { ...person.account, foreignPassword } };
}

/** Tells new people from known ones, and from those who have what belongs to somebody else. */
async function judge({ imports }: RealmStorage, dataKeys: DataKeys, batch: readonly Candidate[]) {
  const people = batch.map(({ person }) => person);
  const verifiedKeys = people.flatMap(({ account: { email, emailVerified } }) =>
    email !== undefined && emailVerified ? [emailKey(email)] : [],
  );
  const known = await imports.known(people.map(({ key }) => key));
  const owners = await imports.verified(verifiedKeys);
  const identified = await imports.identified(people.flatMap(({ identities }) => identities));
  const done: Done = { created: 0, updated: 0, unchanged: 0, rejects: [] };
  const toCreate: (Candidate & { id: string })[] = [];
  const toUpdate: (Candidate & { id: string })[] = [];
  for (const candidate of batch) {
    const { line, row, person, password } = candidate;
    const before = known.get(person.key);
    if (before?.digest === person.digest) {
      done.unchanged += 1;
      continue;
    }
    const needsKey = password !== undefined && isWeak(password) && !dataKeys.isAvailable;
    const reason = needsKey ? NEEDS_KEY : conflictOf(person, before?.accountId, owners, identified);
    if (reason !== undefined) {
      done.rejects.push({ line, reason, row });
      continue;
    }
    const { email, emailVerified } = person.account;
    // Of two in one batch, the first has it.
    if (email !== undefined && emailVerified) owners.set(emailKey(email), before?.accountId ?? person.key);
    for (const { issuer, subject } of person.identities) identified.add(`${issuer} ${subject}`);
    if (before) toUpdate.push({ ...candidate, id: before.accountId });
    else toCreate.push({ ...candidate, id: randomId() });
  }
  done.created = toCreate.length;
  done.updated = toUpdate.length;
  return { done, toCreate, toUpdate };
}

function conflictOf(
  { account: { email, emailVerified }, identities }: Candidate['person'],
  accountId: string | undefined,
  owners: ReadonlyMap<string, string>,
  identified: ReadonlySet<string>,
): string | undefined {
  const owner = email !== undefined && emailVerified ? owners.get(emailKey(email)) : undefined;
  if (owner !== undefined && owner !== accountId) return `email: another account has verified ${email}`;
  // Of somebody who is known, it may be their own from an earlier row, which stays as it is.
  const taken = accountId === undefined && identities.find((each) => identified.has(`${each.issuer} ${each.subject}`));
  return taken ? `identities: ${taken.subject} opens another account` : undefined;
}
