import { resolve } from 'node:path';
import { z } from 'zod';
import type { Config } from '../../config.ts';
import { dataKeyFile } from '../../data-key/key-file.ts';
import { BackupError, backUp } from '../../storage/backup.ts';
import { type Command, parseOptions, parseWord, UsageError } from './command.ts';

/** Migrates the database and does nothing else. Every other command but the backup migrates first, too. */
export const dbMigrate: Command = {
  name: 'db migrate',
  usage: 'db migrate',
  async run(words, context) {
    parseOptions(words, {}, z.object({}), 'db migrate');
    return { migrated: context.migrated };
  },
};

/**
 * Copies the whole database as of one moment, while the server runs. The copy contains all secrets of the database. It is as the version left it
 * that used it last: whoever has installed the next one already wants a way back.
 */
export const dbBackup: Command = {
  name: 'db backup',
  usage: 'db backup FILE',
  migrates: false,
  async run(words, { config, storage }) {
    const file = resolve(parseWord(words, 'db backup FILE'));
    try {
      const { bytes } = await backUp(config, file);
      await storage.auditLog.append({ realm: null, act: 'database.backed_up', actor: 'operator', detail: { bytes } });
      return { file, bytes, ...withoutDataKey(config) };
    } catch (error) {
      throw error instanceof BackupError ? new UsageError(error.message) : error;
    }
  },
};

/** What is encrypted in the copy can be read with the key alone, which is nowhere in it. */
function withoutDataKey({ dataKeys, databaseUrl, dataDir }: Config): { not_in_it: string } {
  const file = dataKeyFile(dataDir);
  const isInFile = databaseUrl === undefined && dataKeys.length === 0;
  return { not_in_it: isInFile ? `the key of two-step verification, in ${file} once there is one` : 'DATA_KEY' };
}
