import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { findBackupTools, majorOf } from './backup-tools.ts';

/** Puts programs in front of those of this machine, or in their place. */
function onPath(test: TestContext, programs: Readonly<Record<string, string>>, { alone = false } = {}): void {
  const directory = temporaryDirectory();
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(directory, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(directory, name), 0o755);
  }
  const { PATH = '' } = process.env;
  process.env['PATH'] = alone ? directory : [directory, PATH].join(delimiter);
  test.after(() => {
    process.env['PATH'] = PATH;
  });
}

describe('the programs of a backup', { skip: process.platform === 'win32' }, () => {
  it('say their versions', async (test) => {
    onPath(test, {
      pg_dump: 'echo "pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"',
      pg_restore: 'echo "pg_restore (PostgreSQL) 18beta1"',
    });
    assert.deepEqual(await findBackupTools(), [
      { name: 'pg_dump', version: '15.18' },
      { name: 'pg_restore', version: '18beta1' },
    ]);
  });

  it('may be missing, or fail', async (test) => {
    onPath(test, { pg_restore: 'echo "pg_restore (PostgreSQL) 17.1"; exit 1' }, { alone: true });
    assert.deepEqual(await findBackupTools(), [
      { name: 'pg_dump', version: undefined },
      { name: 'pg_restore', version: undefined },
    ]);
  });

  it('have a major version', () => assert.deepEqual(['15.18', '18beta1', '9.6.24'].map(majorOf), [15, 18, 9]));
});
