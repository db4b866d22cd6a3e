import { readFileSync } from 'node:fs';
import { REALMS } from '@signup-with-platform/protocol';
import { z } from 'zod';
import { openDataKeys } from '#data-key/open-data-keys.ts';
import { refusalMs } from '#domain/accounts/foreign-passwords.ts';
import { FieldCatalogue } from '#domain/claims/catalogue.ts';
import { importPeople } from '#domain/import/import-people.ts';
import { mapRow, SYSTEM_NAMES } from '#domain/import/mappers/mappers.ts';
import { knownIssuers } from '#domain/import/person.ts';
import { relyingPartyOf } from '#domain/passkeys/relying-party.ts';
import { type Command, parseWordAndOptions } from '../command.ts';
import { rowsOfCsv } from './csv.ts';
import { LeftAloneLines } from './left-alone-lines.ts';
import { rowsOfNdjson } from './ndjson.ts';
import { FileError, openFile } from './open-file.ts';
import { Progress } from './progress.ts';
import { Rejects } from './rejects-file.ts';

const USAGE =
  'import FILE [--realm production|sandbox] [--format ndjson|csv] [--from SYSTEM] [--hash-config FILE] [--rp-id HOST] [--again] [--dry-run] [--rejects FILE]';
const OPTIONS = {
  realm: { type: 'string' },
  format: { type: 'string' },
  from: { type: 'string' },
  'hash-config': { type: 'string' },
  'rp-id': { type: 'string' },
  again: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  rejects: { type: 'string' },
} as const;
const schema = z.object({
  realm: z.enum(REALMS).default('production'),
  format: z.enum(['ndjson', 'csv']).optional(),
  from: z.enum(SYSTEM_NAMES).optional(),
  'hash-config': z.string().min(1).optional(),
  'rp-id': z.string().min(1).max(253).optional(),
  again: z.boolean().default(false),
  'dry-run': z.boolean().default(false),
  rejects: z.string().min(1).optional(),
});

/** Of all imports, not only of this one. */
const WEAK_LEFT = (count: number) =>
  'Imported passwords that are hashed so weakly that they are stored encrypted, until a running server has put a slow hash ' +
  `around each: ${count.toLocaleString('en')}`;

/** Somebody who has mistyped their password notices. */
const LONG_REFUSAL_MS = 2_000;
const LONG_REFUSALS = (ms: number) =>
  `Every sign-in with a wrong password takes about ${Math.round(ms / 1000)} seconds with these people, as long as ` +
  'the slowest of the imported passwords, until its person has signed in. The guide to imports says which hashes are so slow, and what to do about them.';

/** Brings people from another system, from a file or, for `-`, a pipe. It can be run again: a row that says what it said changes nothing. */
export const importCommand: Command = {
  name: 'import',
  usage: USAGE,
  async run(words, { config, storage }) {
    const { word: path, options } = parseWordAndOptions(words, OPTIONS, schema, USAGE);
    const { from, 'hash-config': hashConfigPath, 'rp-id': rpId } = options;
    const hashConfig = hashConfigPath === undefined ? undefined : readHashConfig(hashConfigPath);
    const file = openFile(path);
    const progress = new Progress(() => (file.size ? Math.min(1, file.read() / file.size) : undefined));
    const rejects = new Rejects(options.rejects);
    const leftAlone = new LeftAloneLines();
    const format = options.format ?? (/\.csv(\.gz)?$/i.test(path) ? 'csv' : 'ndjson');
    try {
      const { importId, report, ...counts } = await importPeople(
        storage,
        format === 'csv' ? rowsOfCsv(file.bytes) : rowsOfNdjson(file.bytes),
        {
          realm: options.realm,
          dataKeys: openDataKeys(config),
          source: file.source,
          fields: new FieldCatalogue(config.ownFields),
          issuers: knownIssuers({ config, realm: options.realm }),
          rpId: relyingPartyOf({ config, realm: options.realm }).id,
          ...(from && { map: (row: unknown) => mapRow(from, row, { hashConfig, rpId }) }),
          again: options.again,
          dryRun: options['dry-run'],
          onReject: (reject) => rejects.add(reject),
          onLeftAlone: (left) => leftAlone.say(left),
          onProgress: (sofar) => progress.say(sofar),
        },
      );
      if (importId !== undefined)
        await storage.auditLog.append({
          realm: options.realm,
          act: 'import.finished',
          actor: 'operator',
          subject: `import:${importId}`,
          detail: counts,
        });
      const { accounts } = storage.realm(options.realm);
      const weak = await accounts.countWeakPasswords();
      if (weak > 0) console.error(WEAK_LEFT(weak));
      const refusal = refusalMs(Math.max(await accounts.slowestForeignPassword(), report.slowestPassword));
      if (refusal > LONG_REFUSAL_MS) console.error(LONG_REFUSALS(refusal));
      const seconds = Math.round(progress.seconds * 10) / 10;
      return {
        ...{ ...counts, seconds, ...(importId === undefined ? { dry_run: true } : { import_id: importId }) },
        ...{ rejected_by_reason: report.rejectedByReason, passwords: report.passwords },
        ...{ left_alone: report.leftAlone, weak_passwords_left: weak, refusal_ms: refusal },
      };
    } finally {
      // What was written before a failure stays, and running it again goes on.
      progress.end();
      await rejects.close();
      leftAlone.end();
    }
  },
};

/** Keys that a hash needs besides its row. A file, because a command line is seen by everybody on the machine. */
function readHashConfig(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new FileError(`${path} cannot be read as JSON: ${(error as Error).message}`);
  }
}
