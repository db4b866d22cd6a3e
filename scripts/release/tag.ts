import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../run.ts';
import { sectionOf, versionsIn } from './version.ts';

const git = (...words: string[]) => execFileSync('git', words, { cwd: ROOT, encoding: 'utf8' }).trim();

/** `npm run release:tag`: tags the commit as its version, with what the changelog says of it. It pushes nothing. */
function tag(): string {
  const [first, ...others] = versionsIn(ROOT);
  const version = first?.version ?? '';
  const different = others.find((other) => other.version !== version);
  if (different)
    throw new Error(`${different.file} is at ${different.version}, not ${version}: npm run release:version ${version}`);
  if (git('status', '--porcelain') !== '') throw new Error('There are changes that are not committed.');
  const notes = sectionOf(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'), version);
  if (!notes) throw new Error(`CHANGELOG.md says nothing of ${version}: npm run release:version ${version}`);
  // Of the notes, git would take headings for comments.
  git('tag', '--annotate', '--cleanup=verbatim', `v${version}`, '--message', `Version ${version}\n\n${notes}`);
  return `v${version}`;
}

if (import.meta.main) {
  const name = tag();
  console.log(`${name} is tagged. To publish it: git push origin ${name}`);
}
