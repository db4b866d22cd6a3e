import { existsSync, statSync } from 'node:fs';
import type { Config } from '#config.ts';
import { idOf } from '#data-key/data-keys.ts';
import { dataKeyFile } from '#data-key/key-file.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

/** Under which key secrets are encrypted that have to be read again. */
export function examineDataKey({ dataKeys, databaseUrl, dataDir }: Config): Finding {
  const [first, ...others] = dataKeys;
  if (first !== undefined) {
    const more = others.length === 0 ? '' : `, and ${others.length} more decrypt`;
    return ok('data_key', `DATA_KEY is set: the key ${idOf(first)} encrypts${more}.`);
  }
  if (databaseUrl !== undefined) {
    return warning(
      'data_key',
      'DATA_KEY is not set, so that nobody can set up two-step verification or a webhook.',
      'Set DATA_KEY to the output of openssl rand -base64 32, the same on every server, and keep a copy of it apart from the backups.',
    );
  }
  const file = dataKeyFile(dataDir);
  if (!existsSync(file)) return ok('data_key', `There is none yet. ${file} is made for the first secret.`);
  return (statSync(file).mode & 0o077) === 0
    ? ok('data_key', `It is in ${file}, which no backup has: keep a copy of it in another place than theirs.`)
    : problem('data_key', `Other users of this machine could read ${file}.`, `chmod 600 ${file}`);
}
