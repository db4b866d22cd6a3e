import { randomBytes } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { dataKeysOf } from '../../process/settings/data-key.ts';

const BYTES = 32;
/** Its owner alone may read it. */
const MODE = 0o600;

/** Where the key is when there is no `DATA_KEY`: beside the database, and in none of its backups. */
export function dataKeyFile(dataDir: string): string {
  return join(dataDir, 'data-key');
}

/** @returns none where there is no such file */
export async function readKeyFile(path: string): Promise<readonly Uint8Array[]> {
  try {
    return dataKeysOf(await readFile(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Makes the file, unless another process has made it meanwhile. It is complete from the moment in which it has its name. */
export async function makeKeyFile(path: string): Promise<readonly Uint8Array[]> {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const file = await open(draft, 'wx', MODE);
  try {
    await file.writeFile(`${randomBytes(BYTES).toString('base64')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return readKeyFile(path);
}
