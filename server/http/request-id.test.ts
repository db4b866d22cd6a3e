import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';
import { requestIdOf } from './request-id.ts';

const idFor = (given: unknown) => requestIdOf({ headers: { 'x-request-id': given } } as unknown as IncomingMessage);

describe('requestIdOf', () => {
  for (const id of ['12345678', 'req_01HZX.4:a-b', 'x'.repeat(128), '3f2b1c9e-7d7a-4c53-9f0e-2f8f6f0c9a11'])
    it(`keeps ${id.slice(0, 40)}`, () => assert.equal(idFor(id), id));

  const bad = [
    undefined,
    '',
    'short',
    'x'.repeat(129),
    'with space',
    '<script>alert(1)</script>',
    'line\nbreak',
    'a"b"c"d"e',
    'ünïcödé-id',
    ['12345678', '87654321'],
  ];
  for (const id of bad) {
    it(`makes a new one instead of ${JSON.stringify(id)?.slice(0, 40)}`, () => {
      assert.match(idFor(id), /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    });
  }

  it('never makes the same twice', () => assert.notEqual(idFor(undefined), idFor(undefined)));
});
