import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { it } from 'node:test';
import { ConfigError } from '../server/config.ts';
import { temporaryDirectory } from '../server/testing/temporary-directory.ts';
import { BUILT, buildFirst } from './build-first.ts';

const { signal } = new AbortController();

it('a checkout that is not built, and that npm left without what builds it, says in one line what to do', async () => {
  await assert.rejects(buildFirst(signal, temporaryDirectory()), (error) => {
    assert.ok(error instanceof ConfigError);
    assert.match(error.message, /^This checkout has not been built.+npm ci --include=dev.+docs\/releases\.md\.$/);
    return true;
  });
});

it('one that is built starts as it is', async () => {
  const root = temporaryDirectory();
  for (const file of BUILT) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '');
  }
  await buildFirst(signal, root);
});
