import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readConfig } from '#config.ts';
import { openDataKeys } from '#data-key/open-data-keys.ts';
import { temporaryDirectory } from '#testing/temporary-directory.ts';
import { examineDataKey } from './data-key.ts';

const newKey = () => randomBytes(32).toString('base64');
const DATABASE_URL = 'postgres://db/platform';

describe('the doctor, of the data key', () => {
  const examine = (env: Record<string, string>) => examineDataKey(readConfig(env));

  it('is content with DATA_KEY, and names none', () => {
    const keys = [newKey(), newKey()];
    for (const more of [{}, { DATABASE_URL }]) {
      const { level, message } = examine({ DATA_DIR: temporaryDirectory(), DATA_KEY: keys.join(), ...more });
      assert.equal(level, 'ok');
      assert.match(message, /the key [\w-]{8} encrypts, and 1 more decrypt/);
      assert.ok(keys.every((key) => !message.includes(key)));
    }
  });

  it('warns where several servers have none', () => {
    const { level, message } = examine({ DATA_DIR: temporaryDirectory(), DATABASE_URL });
    assert.equal(level, 'warning');
    assert.match(message, /nobody can set up two-step verification/);
  });

  it('looks at who can read the file', async () => {
    const env = { DATA_DIR: temporaryDirectory() };
    assert.match(examine(env).message, /made for the first secret/);
    await openDataKeys(readConfig(env)).seal('secret', { table: 't', column: 'c', row: 'r' });
    assert.match(examine(env).message, /which no backup has/);
    chmodSync(join(env.DATA_DIR, 'data-key'), 0o640);
    assert.equal(examine(env).level, 'problem');
  });
});
