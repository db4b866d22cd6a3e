import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentSecurityPolicy } from './content-security-policy.ts';

const sources = { styles: ["'sha256-a'"], scripts: ["'sha256-b'"], imageOrigins: [], formOrigins: [] };

test('nothing but what is named', () => {
  assert.equal(
    contentSecurityPolicy({
      ...sources,
      imageOrigins: ['https://cdn.example'],
      formOrigins: ['http://localhost:4100'],
    }),
    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; connect-src 'none'; " +
      "form-action 'self' http://localhost:4100; img-src 'self' data: https://cdn.example; style-src 'sha256-a'; script-src 'sha256-b'",
  );
});

test('a page without script allows none', () => {
  assert.match(contentSecurityPolicy({ ...sources, scripts: [] }), /script-src 'none'$/);
});

test('an origin cannot bring a directive along', () => {
  for (const origin of [
    'https://a.example; script-src *',
    'https://a.example;sandbox',
    '*',
    "'unsafe-inline'",
    'null',
  ]) {
    assert.equal(
      contentSecurityPolicy({ ...sources, imageOrigins: [origin], formOrigins: [origin] }),
      contentSecurityPolicy(sources),
    );
  }
});
