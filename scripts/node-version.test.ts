import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { isNewer, noticeOfOlderNode } from './newer-node.ts';
import { newestOf } from './raise-node.ts';
import { ROOT } from './run.ts';

/** A directory with a program `node` that says it is of this version. */
function hostWith(test: TestContext, version: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'host-node-'));
  test.after(() => rmSync(directory, { recursive: true, force: true }));
  writeFileSync(join(directory, 'node'), `#!/bin/sh\necho ${version}\n`);
  chmodSync(join(directory, 'node'), 0o755);
  return directory;
}

describe('the Node of the host', () => {
  it('is named when it is newer than the one that runs', async (test) => {
    const path = [`${ROOT}node_modules/.bin`, '/nowhere', hostWith(test, 'v26.13.0')].join(delimiter);
    assert.match(
      (await noticeOfOlderNode('v26.12.1', path)) ?? '',
      /runs on Node v26\.12\.1, .* has v26\.13\.0, .*node:raise/,
    );
  });

  it('is not named when it is as old, older, or not there', async (test) => {
    for (const version of ['v26.12.1', 'v26.9.9', 'v20.20.2', 'unknown'])
      assert.equal(await noticeOfOlderNode('v26.12.1', hostWith(test, version)), undefined);
    assert.equal(await noticeOfOlderNode('v26.12.1', ''), undefined);
  });
});

it('versions are compared as numbers', () => {
  assert.ok(isNewer('v26.10.0', 'v26.9.3') && isNewer('27.0.0', '26.12.1') && isNewer('26.12.2', 'v26.12.1'));
  assert.ok(!isNewer('26.9.3', '26.10.0') && !isNewer('26.12.1', '26.12.1') && !isNewer('', '26.12.1'));
});

it('the newest version of the same line is chosen', () => {
  const versions = ['25.9.0', '26.9.0', '26.12.1', '26.10.0', '26.13.0-rc.1', '27.0.0'];
  assert.equal(newestOf(versions, '26.10.0'), '26.12.1');
  assert.equal(newestOf(['27.0.0'], '26.10.0'), '26.10.0');
});

describe('the lock file', () => {
  const read = (name: string) => JSON.parse(readFileSync(join(ROOT, name), 'utf8')) as Record<string, unknown>;
  const { optionalDependencies } = read('package.json') as { optionalDependencies: Record<string, string> };
  const { packages } = read('package-lock.json') as {
    packages: Record<
      string,
      { version: string; integrity?: string; os?: string[]; cpu?: string[]; optional?: boolean }
    >;
  };

  it('names a Node for each platform, which only that platform installs', () => {
    const platforms = Object.entries(optionalDependencies).map(([name, version]) => {
      const entry = packages[`node_modules/${name}`];
      assert.equal(entry?.version, version, name);
      assert.match(version, /^\d+\.\d+\.\d+$/, 'an exact version');
      assert.ok(entry.integrity && entry.optional, name);
      return `${entry.os}-${entry.cpu}`;
    });
    assert.equal(new Set(platforms).size, platforms.length);
    for (const platform of ['linux-x64', 'linux-arm64', 'darwin-arm64']) assert.ok(platforms.includes(platform));
  });

  it('names the Node that runs this', () => {
    const versions = Object.values(optionalDependencies);
    assert.ok(versions.includes(process.versions.node), `${process.version}: run npm ci`);
  });
});
