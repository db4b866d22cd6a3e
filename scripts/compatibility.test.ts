import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  compareSection,
  expectedPage,
  FORMS_HEADING,
  readPage,
  sectionIn,
  withoutVersions,
} from '../e2e/support/compatibility.ts';
import { CHROMIUM_ROWS, cellsOf } from '../e2e/support/delivery-matrix.ts';

describe('docs/compatibility.md', () => {
  const page = readPage();
  const [, major] = /^## Chromium (\d+)$/m.exec(page) ?? [];
  const cells = cellsOf(CHROMIUM_ROWS);
  const all = new Map(cells.map(({ id }) => [id, 'passed' as const]));

  it('is what the tests write when all of them pass', () => {
    assert.equal(withoutVersions(page), withoutVersions(expectedPage(sectionIn(page, FORMS_HEADING) ?? '')));
    for (const browser of ['Chromium', 'Firefox']) assert.match(page, new RegExp(`^## ${browser} \\d+$`, 'm'));
  });

  it('says what happened, whatever follows the first number of the version', () => {
    for (const version of [`${major}.0.1.2`, `${major}.9`])
      assert.equal(compareSection('Chromium', { version, results: all }, page), undefined);
  });

  it('is wrong when a cell is another, or the browser, and the run says how to write it', () => {
    const results = new Map([...all, [cells[0]?.id ?? '', 'failed' as const]]);
    const cell = compareSection('Chromium', { version: `${major}.0`, results }, page) ?? '';
    assert.match(cell, /^- \| `unsafe-none` \|.*`completed`/m);
    assert.match(cell, /^\+ \| `unsafe-none` \|.*\*\*does not work\*\*/m);
    assert.match(cell, /npm run compatibility/);
    const newer = compareSection('Chromium', { version: '999.0', results: all }, page) ?? '';
    assert.match(newer, new RegExp(`^- ## Chromium ${major}\n\\+ ## Chromium 999\n`, 'm'));
  });
});
