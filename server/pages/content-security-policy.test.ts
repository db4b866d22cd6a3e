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

test('a form that leaves ends at one address, and no address can bring a source or a directive along', () => {
  const rows: [address: string, source: string][] = [
    ['https://shop.example/callback?a=b&c#d', 'https://shop.example/callback'],
    ['https://shop.example', 'https://shop.example/'],
    ['http://127.0.0.1:8080/callback', 'http://127.0.0.1:8080/callback'],
    ['https://shop.example/a;script-src *,b', 'https://shop.example/a%3Bscript-src%20*%2Cb'],
    ["https://shop.example/'unsafe-inline'", "https://shop.example/'unsafe-inline'"],
    ['https://bücher.example/zurück', 'https://xn--bcher-kva.example/zur%C3%BCck'],
    // No source names an IPv6 address.
    ['http://[::1]:8080/callback', 'http:'],
  ];
  for (const [formAddress, source] of rows) {
    const policy = contentSecurityPolicy({ ...sources, formOrigins: ['https://other.example'], formAddress });
    assert.ok(policy.includes(`; form-action ${source}; img-src`), policy);
  }
  for (const formAddress of ['javascript:alert(1)', 'app.shop:/callback', 'data:text/html,x', '/callback', ''])
    assert.throws(() => contentSecurityPolicy({ ...sources, formAddress }), TypeError, formAddress);
});

test('a form that ends in a redirect to an IPv6 address is allowed its scheme', () => {
  assert.match(
    contentSecurityPolicy({ ...sources, formOrigins: ['http://[::1]:8080', 'https://shop.example'] }),
    /form-action 'self' http: https:\/\/shop\.example;/,
  );
});
