import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { KeyUses } from './key-uses.ts';

const NOW = 1_000_000;

function recorder() {
  const written: (readonly string[])[] = [];
  const uses = new KeyUses({ markUsed: async (ids) => void written.push(ids) }, { warn: () => {} });
  return { uses, written };
}

describe('the uses of keys', () => {
  it('are written once for many requests, later', async () => {
    const { uses, written } = recorder();
    for (let request = 0; request < 1_000; request += 1) uses.note({ keyId: request % 2 ? 'a' : 'b' }, NOW);
    assert.deepEqual(written, []);
    await uses.flush();
    assert.deepEqual(written, [['b', 'a']]);
  });

  it('are written once a minute', async () => {
    const { uses, written } = recorder();
    uses.note({ keyId: 'fresh', lastUsedAt: new Date(NOW - 59_999) }, NOW);
    uses.note({ keyId: 'older', lastUsedAt: new Date(NOW - 60_000) }, NOW);
    await uses.close();
    assert.deepEqual(written, [['older']]);
  });
});
