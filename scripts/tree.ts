import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './run.ts';

/** What differs from the last commit: a hash of each file, by its path. Files that Git ignores are not among them. */
export type Tree = ReadonlyMap<string, string>;

/** @returns undefined where there is no repository, or no Git */
export function readTree(root = ROOT): Tree | undefined {
  if (!existsSync(join(root, '.git'))) return undefined;
  try {
    const git = (...words: string[]) =>
      execFileSync('git', words, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).split('\0');
    const paths = [
      ...git('diff', '--name-only', '--no-renames', '-z', 'HEAD'),
      ...git('ls-files', '--others', '--exclude-standard', '-z'),
    ];
    return new Map(paths.filter(Boolean).map((path) => [path, hashOf(join(root, path))]));
  } catch {
    return undefined;
  }
}

/** @returns paths of the files that are not as they were, sorted; undefined when there is none */
export function changedSince(before: Tree, root = ROOT): string[] | undefined {
  const now: Tree = readTree(root) ?? new Map();
  const paths = new Set([...before.keys(), ...now.keys()]);
  const changed = [...paths].filter((path) => before.get(path) !== now.get(path)).toSorted();
  return changed.length > 0 ? changed : undefined;
}

function hashOf(file: string): string {
  return existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : 'deleted';
}
