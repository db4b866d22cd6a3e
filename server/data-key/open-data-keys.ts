import type { Config } from '../config.ts';
import { DataKeys } from './data-keys.ts';
import { dataKeyFile, makeKeyFile, readKeyFile } from './key-file.ts';

type KeyConfig = Pick<Config, 'dataKeys' | 'databaseUrl' | 'dataDir'>;

/**
 * The keys of `DATA_KEY`. Without it, where the database is a file, there is a file with a key beside it, which is made for the first secret.
 * Several servers that share a database cannot share a file, so that there is no default for them.
 */
export function openDataKeys({ dataKeys, databaseUrl, dataDir }: KeyConfig): DataKeys {
  const file = databaseUrl === undefined ? dataKeyFile(dataDir) : undefined;
  let known: readonly Uint8Array[] | undefined;
  const read = async ({ make }: { make: boolean }): Promise<readonly Uint8Array[]> => {
    if (known !== undefined && known.length > 0) return known;
    // What was sealed under the file's key before DATA_KEY was set still opens.
    const kept = file === undefined ? [] : await readKeyFile(file);
    const keys = [...dataKeys, ...kept];
    known = keys.length === 0 && make && file !== undefined ? await makeKeyFile(file) : keys;
    return known;
  };
  return new DataKeys(read, { isAvailable: dataKeys.length > 0 || file !== undefined });
}
