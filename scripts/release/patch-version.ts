import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const MIGRATIONS = 'server/storage/migrations';
const MIGRATION = /^\d{3}-[\w-]+\.ts$/;

/**
 * Of one MINOR version, servers of two PATCH versions may run side by side on one database, because none of them changes its tables
 * (docs/operate.md, "Upgrades").
 *
 * @param from the version that is raised
 * @throws Error when a PATCH version would bring a migration
 */
export function assertNoMigrationInPatch(root: string, from: string, to: string): void {
  if (lineOf(from) !== lineOf(to)) return;
  const released = git(root, 'ls-tree', '--name-only', `v${from}:${MIGRATIONS}`).split('\n');
  const added = readdirSync(join(root, MIGRATIONS)).filter((file) => MIGRATION.test(file) && !released.includes(file));
  if (added.length > 0)
    throw new Error(`${to} would bring ${added.join(', ')}. Versions that change tables are at least MINOR ones.`);
}

/** MAJOR and MINOR. */
const lineOf = (version: string) => version.split('.').slice(0, 2).join('.');

function git(directory: string, ...words: string[]): string {
  return execFileSync('git', words, { cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
