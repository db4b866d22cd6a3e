import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FastifyRequest } from 'fastify';
import { CsrfTokens, isSameOrigin } from './csrf.ts';

const OURS = 'https://id.example';

describe('isSameOrigin', () => {
  const rows: [headers: Record<string, string>, same: boolean][] = [
    [{ origin: OURS, 'sec-fetch-site': 'same-origin' }, true],
    [{ origin: OURS }, true],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{}, true],
    [{ origin: 'null', 'sec-fetch-site': 'same-origin' }, false],
    [{ origin: 'null' }, false],
    [{ origin: '' }, false],
    [{ origin: 'http://id.example' }, false],
    [{ origin: `${OURS}:8443` }, false],
    [{ origin: `${OURS}/` }, false],
    [{ origin: 'https://evil.example' }, false],
    [{ origin: 'https://a.id.example' }, false],
    [{ origin: OURS, 'sec-fetch-site': 'cross-site' }, false],
    [{ origin: OURS, 'sec-fetch-site': 'same-site' }, false],
    [{ origin: OURS, 'sec-fetch-site': 'none' }, false],
    [{ origin: OURS, 'sec-fetch-site': '' }, false],
  ];
  for (const [headers, same] of rows) {
    it(`${same ? 'accepts' : 'refuses'} ${JSON.stringify(headers)}`, () => {
      assert.equal(isSameOrigin({ headers } as unknown as FastifyRequest, OURS), same);
    });
  }
});

describe('CsrfTokens', () => {
  const tokens = new CsrfTokens('a key');
  const token = tokens.issue('subject');

  it('accepts its own token for the same subject, in any process with the same key', () => {
    assert.match(token, /^[\w-]{86}$/);
    assert.ok(tokens.accepts('subject', token));
    assert.ok(new CsrfTokens('a key').accepts('subject', token));
  });

  it('issues another each time, and accepts all of them', () => {
    const issued = Array.from({ length: 10 }, () => tokens.issue('subject'));
    assert.equal(new Set(issued).size, issued.length);
    for (const one of issued) assert.ok(tokens.accepts('subject', one));
  });

  it('refuses it for another subject or another key', () => {
    assert.ok(!tokens.accepts('Subject', token));
    assert.ok(!tokens.accepts('', token));
    assert.ok(!new CsrfTokens('another key').accepts('subject', token));
  });

  const refused = [
    undefined,
    null,
    '',
    token.slice(1),
    `${token}=`,
    token.slice(0, -2),
    token.slice(0, 43),
    token.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
    token.toLowerCase(),
    // All zeros under a mask of all zeros.
    Buffer.alloc(64).toString('base64url'),
    'A'.repeat(10_000),
    [token],
    { token },
    0,
    'ü'.repeat(43),
  ];
  for (const given of refused)
    it(`refuses ${JSON.stringify(given)}`, () => assert.ok(!tokens.accepts('subject', given)));
});
