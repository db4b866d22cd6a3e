import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, it } from 'node:test';
import { COOKIE_HEADERS } from '../../scripts/testing/hostile-inputs.ts';
import { browserCookieName, browserOf, ensureBrowser, withoutDuplicates } from './browser-cookie.ts';

const HTTPS = { realm: 'production', issuer: 'https://id.example' } as const;
const HTTP = { realm: 'sandbox', issuer: 'http://localhost:4000/sandbox' } as const;

const request = (cookie?: string) => ({ headers: cookie === undefined ? {} : { cookie } }) as IncomingMessage;

function response() {
  const lines: string[] = [];
  const raw = { appendHeader: (_name: string, line: string) => void lines.push(line) };
  return { lines, raw: raw as unknown as ServerResponse };
}

describe('the cookie of a browser', () => {
  it('is of this host alone where there is https', () => {
    const { lines, raw } = response();
    const value = ensureBrowser(HTTPS, request(), raw);
    assert.deepEqual(lines, [`__Host-production-browser=${value}; Path=/; HttpOnly; SameSite=Lax; Secure`]);
  });

  it('has no prefix on http, where browsers refuse it', () => {
    const { lines, raw } = response();
    const value = ensureBrowser(HTTP, request(), raw);
    assert.deepEqual(lines, [`sandbox-browser=${value}; Path=/; HttpOnly; SameSite=Lax`]);
  });

  it('is given once to a request, and kept when it is there', () => {
    const { lines, raw } = response();
    const fresh = request();
    const value = ensureBrowser(HTTPS, fresh, raw);
    assert.equal(ensureBrowser(HTTPS, fresh, raw), value);
    assert.equal(browserOf(HTTPS, fresh), value);
    assert.equal(ensureBrowser(HTTPS, request(`a=b; ${browserCookieName(HTTPS)}=${value}`), raw), value);
    assert.equal(lines.length, 1);
  });

  it('is another in each realm, also for one request', () => {
    const { raw } = response();
    const both = request();
    const sandbox = { ...HTTPS, realm: 'sandbox' } as const;
    assert.notEqual(ensureBrowser(HTTPS, both, raw), ensureBrowser(sandbox, both, raw));
    assert.notEqual(browserOf(HTTPS, both), browserOf(sandbox, both));
  });

  const value = 'A'.repeat(22);
  for (const cookie of [
    `production-browser=${value}`,
    `x__Host-production-browser=${value}`,
    ` \u2000__Host-production-browser=${value}`,
    `__host-production-browser=${value}`,
    `__Host-production-browser="${value}"`,
    `__Host-production-browser=${value}A`,
    `__Host-production-browser=`,
    `=__Host-production-browser=${value}`,
  ])
    it(`is not ${JSON.stringify(cookie)}`, () => assert.equal(browserOf(HTTPS, request(cookie)), undefined));
});

describe('a name that comes twice', () => {
  for (const { input, value, what } of COOKIE_HEADERS.understood)
    it(`is not believed: ${what}`, () => assert.equal(withoutDuplicates(input), value));
});
