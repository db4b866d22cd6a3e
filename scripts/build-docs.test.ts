import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { buildDocs } from './build-docs.ts';

describe('the build of the documentation', () => {
  const directory = mkdtempSync(join(tmpdir(), 'docs-'));
  after(() => rmSync(directory, { recursive: true }));

  it('leaves NODE_ENV as it is, which the servers that are started next would go by', async () => {
    const before = process.env['NODE_ENV'];
    await buildDocs(undefined, directory);
    assert.equal(process.env['NODE_ENV'], before);
    assert.ok(existsSync(join(directory, 'site.json')));
  });

  it('does nothing while nothing has changed', async () => {
    const { mtimeMs } = statSync(join(directory, 'site.json'));
    await buildDocs(undefined, directory);
    assert.equal(statSync(join(directory, 'site.json')).mtimeMs, mtimeMs);
  });
});
