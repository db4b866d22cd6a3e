import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mask, unmask } from './mask.ts';

test('a mask is another each time, and comes off', () => {
  for (const text of ['', 'a', 'the same secret', 'Łukasz\u0000\u{1f600}']) {
    const masked = Array.from({ length: 20 }, () => mask(Buffer.from(text)));
    for (const one of masked) assert.equal(unmask(one).toString(), text);
    if (text.length > 4) assert.equal(new Set(masked.map(String)).size, masked.length);
  }
});

test('half of it says nothing', () => {
  const [first, second] = [mask(Buffer.alloc(64, 'a')), mask(Buffer.alloc(64, 'a'))].map((one) => one.subarray(64));
  assert.notDeepEqual(first, second);
  assert.ok(new Set(first).size > 16, 'bytes that are alike are not alike under the mask');
});

test('what is no mask is taken for anything, and is no secret', () => {
  for (const length of [0, 1, 2, 3, 63, 65]) assert.ok(unmask(Buffer.alloc(length)).length <= length);
});
