import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectedPage, readPage, withoutVersions } from '../e2e/support/compatibility.ts';

test('docs/compatibility.md is what the tests write when all of them pass', () => {
  const page = readPage();
  assert.equal(withoutVersions(page), withoutVersions(expectedPage()));
  for (const browser of ['Chromium', 'Firefox']) assert.match(page, new RegExp(`^## ${browser} \\d+\\.`, 'm'));
});
