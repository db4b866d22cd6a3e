import assert from 'node:assert/strict';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { unpackTar } from 'modern-tar';
import { PUBLISHED } from '../../server/packages/install-command.ts';
import { ROOT } from '../run.ts';
import { pack } from './pack.ts';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

describe('a packed package', () => {
  const build = (atMs: number, names: readonly string[]) => {
    const directory = mkdtempSync(join(tmpdir(), 'pack-'));
    mkdirSync(join(directory, 'esm'));
    for (const name of names) {
      writeFileSync(join(directory, name), `content of ${name}`, { mode: 0o600 });
      utimesSync(join(directory, name), atMs / 1000, atMs / 1000);
    }
    return directory;
  };

  it('has the same bytes whenever, wherever and in whatever order it was built', async () => {
    const names = ['package.json', 'esm/index.js', 'README.md', 'esm/a.d.ts'];
    const directories = [build(1_000_000_000_000, names), build(1_700_000_000_000, names.toReversed())];
    const [first, second] = await Promise.all(directories.map(pack));
    for (const directory of directories) rmSync(directory, { recursive: true });
    assert.ok(first && second?.equals(first));
    const entries = await unpackTar(gunzipSync(first));
    assert.deepEqual(
      entries.map(({ header }) => header.name),
      ['README.md', 'esm/a.d.ts', 'esm/index.js', 'package.json'].map((name) => `package/${name}`),
    );
    assert.equal(Buffer.from(entries[2]?.data ?? []).toString(), 'content of esm/index.js');
  });
});

describe('what is printed about the packages', () => {
  const documents = globSync(['*.md', 'docs/**/*.md', '{client,widget,examples}/README.md'], { cwd: ROOT });
  const printed = [...documents, ...globSync('examples/*/package.json', { cwd: ROOT })];

  it('names the version that is built', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    const named = printed.flatMap((path) =>
      [...read(path).matchAll(/\/packages\/[a-z-]+?-(\d[\w.-]*)\.tgz/g)].map(([, number]) => `${path}: ${number}`),
    );
    assert.ok(named.length > 8);
    assert.deepEqual(
      named.filter((line) => !line.endsWith(`: ${version}`)),
      [],
    );
  });

  it('tells nobody to install by a name that is not ours', () => {
    if (PUBLISHED) return;
    const sources = globSync('{server,demo,widget,client,messages,examples}/**/*.{ts,tsx,vue,svelte,astro,json,mjs}', {
      cwd: ROOT,
      exclude: (path) => /(^|\/)(node_modules|dist)$/.test(path),
    });
    const byName =
      /\b(?:npm (?:i|install|add)|pnpm (?:i|install|add)|yarn add|bun (?:i|install|add)|npx)\b[^\n`"']* (?:@signup-with-platform\/client|signup-with-platform)(?![\w-]*@http|[\w./-]*\.tgz)/;
    assert.match('npm install -D signup-with-platform', byName);
    assert.match('pnpm add @signup-with-platform/client', byName);
    assert.doesNotMatch(
      'yarn add @signup-with-platform/client@https://platform.example/packages/client-0.1.0.tgz',
      byName,
    );
    assert.deepEqual(
      [...documents, ...sources].filter((path) => byName.test(read(path))),
      [],
    );
  });

  it('shows the code of the examples, to the letter', () => {
    const guide = read('docs/frameworks.md');
    const shown = [...guide.matchAll(/^\[`[^`]+`\]\(\.\.\/(examples\/[^)]+)\):\n\n```\w+\n([\s\S]*?)^```$/gm)];
    assert.equal(shown.length, guide.split('\n```').length / 2 - 0.5);
    for (const [, path = '', code] of shown) assert.equal(code, read(path), path);
    for (const name of ['react', 'vue', 'svelte', 'angular', 'next', 'nuxt', 'astro', 'plain'])
      assert.ok(
        shown.some(([, path = '']) => path.startsWith(`examples/${name}/`)),
        name,
      );
  });
});
