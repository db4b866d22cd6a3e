import assert from 'node:assert/strict';
import { it } from 'node:test';
import { namesTag } from './entity-tags.ts';

it('a tag that ends with a dash is known behind every proxy', () => {
  for (const tag of ['"ab-"', '"ab"'])
    for (const named of [
      tag,
      `W/${tag}`,
      `${tag.slice(0, -1)}-gzip"`,
      `W/${tag.slice(0, -1)}--br"`,
      `"x", ${tag}`,
      '*',
    ])
      assert.equal(namesTag(named, tag), true, `${named} for ${tag}`);
  for (const other of ['"ab-x"', '"a"', 'ab-', '"', '""', '"ab-gzipx"'])
    assert.equal(namesTag(other, '"ab"'), false, other);
});
