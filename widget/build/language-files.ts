import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const FILES = globSync(fileURLToPath(new URL('../strings/*.ts', import.meta.url))).sort();

/** One hash for all languages, because the entry names each file: a hash for each would add a hundred bytes that nothing compresses. */
export const LANGUAGES_HASH = FILES.reduce((hash, file) => hash.update(readFileSync(file)), createHash('sha256'))
  .digest('base64url')
  .slice(0, 8);

/** @param id a module's path */
export function isLanguage(id: string | null): boolean {
  return id !== null && FILES.includes(id) && /^[a-z]{2}\.ts$/.test(basename(id));
}
