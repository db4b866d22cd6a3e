import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const languageFiles = globSync(fileURLToPath(new URL('../../messages/*/widget.json', import.meta.url))).sort();

/** One hash for all languages: the entry names each file, and eleven hashes of their own would be a hundred bytes that nothing compresses. */
const languagesHash = createHash('sha256');
for (const file of languageFiles) languagesHash.update(readFileSync(file));
const LANGUAGES_HASH = languagesHash.digest('base64url').slice(0, 8);

/** Where the words of a language are built to; undefined for any other module. @param id of the module */
export function languageChunk(id: string | null): string | undefined {
  if (id === null || !languageFiles.includes(id)) return undefined;
  return `widget/${basename(dirname(id))}-${LANGUAGES_HASH}.js`;
}
