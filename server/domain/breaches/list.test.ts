import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { installedPath } from '../../../process/installation.ts';
import { BREACHED_PASSWORDS, PASSWORDS } from '../../../scripts/testing/hostile-inputs.ts';
import { FINGERPRINT_BYTES } from './fingerprint.ts';
import { isListed, LIST_FILE } from './list.ts';

describe('isListed', () => {
  for (const { input, what } of BREACHED_PASSWORDS.refused)
    it(`knows ${JSON.stringify(input)}: ${what}`, () => assert.ok(isListed(input)));
  for (const { input, what } of [...BREACHED_PASSWORDS.understood, ...PASSWORDS.understood])
    it(`does not know ${JSON.stringify(input)}: ${what}`, () => assert.ok(!isListed(input)));

  it('takes none of a hundred thousand others for one of its own', () => {
    const others = Array.from({ length: 100_000 }, (_, index) => `orchid lamp ${index} river`);
    assert.deepEqual(others.filter(isListed), []);
  });
});

describe('the list', () => {
  const list = readFileSync(installedPath(LIST_FILE));
  const count = list.length / FINGERPRINT_BYTES;
  const at = (index: number) => list.subarray(index * FINGERPRINT_BYTES, (index + 1) * FINGERPRINT_BYTES);

  it('has as many passwords as the documentation says', () => {
    const documents = ['docs/settings.md', 'docs/decisions/0050-breached-passwords.md'];
    for (const document of documents)
      assert.ok(readFileSync(installedPath(document), 'utf8').includes(count.toLocaleString('en')), document);
  });

  it('is sorted, and has each once, or some would not be found', () => {
    for (let index = 1; index < count; index += 1)
      if (at(index - 1).compare(at(index)) >= 0) assert.fail(`fingerprint ${index} is out of order`);
  });
});
