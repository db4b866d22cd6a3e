import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TRACEPARENTS } from '../../scripts/testing/hostile-inputs.ts';
import { formatTraceparent, parseTraceparent } from './trace-context.ts';

describe('a traceparent', () => {
  for (const { input, value, what } of TRACEPARENTS.understood)
    it(`is understood: ${what}`, () => assert.deepEqual(parseTraceparent(input), value));
  for (const { input, what } of TRACEPARENTS.refused)
    it(`counts as none: ${what}`, () => assert.equal(parseTraceparent(input), undefined));

  it('is passed on in version 00, with the flag that we know', () => {
    const parent = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), isSampled: true };
    assert.equal(formatTraceparent(parent), `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`);
    assert.deepEqual(parseTraceparent(formatTraceparent({ ...parent, isSampled: false })), {
      ...parent,
      isSampled: false,
    });
  });
});
