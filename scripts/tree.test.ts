import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { changedSince, readTree } from './tree.ts';

test('says which files a run has changed, made or deleted, also among those that were changed before', (t) => {
  const root = mkdtempSync(join(tmpdir(), 'tree-'));
  t.after(() => rmSync(root, { recursive: true }));
  const git = (...words: string[]) => execFileSync('git', words, { cwd: root, stdio: 'ignore' });
  const write = (name: string, text: string) => writeFileSync(join(root, name), text);
  assert.equal(readTree(root), undefined, 'no repository');

  git('init');
  for (const name of ['committed', 'dirty', 'gone']) write(name, 'as committed');
  write('.gitignore', 'ignored');
  git('add', '.');
  git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-m', 'all');
  for (const name of ['dirty', 'untracked']) write(name, 'as before the run');
  const before = readTree(root);
  assert.ok(before);
  assert.deepEqual([...before.keys()].toSorted(), ['dirty', 'untracked']);
  write('ignored', 'by git');
  assert.equal(changedSince(before, root), undefined);

  for (const name of ['committed', 'dirty', 'new', 'untracked']) write(name, 'by the run');
  rmSync(join(root, 'gone'));
  assert.deepEqual(changedSince(before, root), ['committed', 'dirty', 'gone', 'new', 'untracked']);
});
