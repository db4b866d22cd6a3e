import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  matchesAny,
  parsePolicies,
  type ScriptVerdict,
  scriptDirective,
  scriptVerdict,
} from './content-security-policy.ts';

const PAGE = 'https://shop.example/';
const SCRIPT = 'https://id.example.com/widget.js';

describe('parsing', () => {
  it('reads several policies from several headers, whatever their case and white space', () => {
    const policies = parsePolicies(["  Default-Src 'self' ;; script-src\thttps://a.example  ", 'img-src *, sandbox']);
    assert.deepEqual(
      policies.map((policy) => [...policy]),
      [
        [
          ['default-src', ["'self'"]],
          ['script-src', ['https://a.example']],
        ],
        [['img-src', ['*']]],
        [['sandbox', []]],
      ],
    );
  });

  it('uses the first of two directives with the same name', () => {
    const [policy] = parsePolicies(["script-src 'none'; script-src *"]);
    assert.deepEqual(policy?.get('script-src'), ["'none'"]);
  });

  it('finds no policy in an empty header', () => assert.deepEqual(parsePolicies(['', ' ; , ']), []));

  it('falls back from script-src-elem to script-src to default-src', () => {
    const nameOf = (text: string) => scriptDirective(parsePolicies([text])[0] ?? new Map())?.name;
    assert.equal(nameOf('default-src a; script-src b; script-src-elem c'), 'script-src-elem');
    assert.equal(nameOf('default-src a; script-src b'), 'script-src');
    assert.equal(nameOf('default-src a; style-src b'), 'default-src');
    assert.equal(nameOf('script-src-attr a; connect-src b'), undefined);
  });
});

describe('a source expression', () => {
  const rows: readonly (readonly [source: string, url: string, matches: boolean, page?: string])[] = [
    ['*', SCRIPT, true],
    ['*', 'data:text/javascript,1', false],
    ["'none'", SCRIPT, false],
    ["'self'", SCRIPT, false],
    ["'self'", 'https://shop.example/widget.js', true],
    ["'SELF'", 'https://shop.example/widget.js', true],
    ["'self'", 'https://shop.example:8443/widget.js', false],
    ["'self'", 'https://shop.example/x', true, 'http://shop.example/'],
    ["'self'", 'http://shop.example/x', false],
    ['https:', SCRIPT, true],
    ['http:', SCRIPT, true],
    ['https:', 'http://id.example.com/x', false],
    ['wss:', SCRIPT, true],
    ['data:', SCRIPT, false],
    ['https://id.example.com', SCRIPT, true],
    ['HTTPS://ID.Example.COM', SCRIPT, true],
    ['http://id.example.com', SCRIPT, true],
    ['https://id.example.com', 'http://id.example.com/x', false],
    ['id.example.com', SCRIPT, true],
    ['id.example.com', 'http://id.example.com/x', false],
    ['id.example.com', SCRIPT, true, 'http://shop.example/'],
    ['https://example.com', SCRIPT, false],
    ['https://*.example.com', SCRIPT, true],
    ['https://*.example.com', 'https://a.b.example.com/x', true],
    ['https://*.example.com', 'https://example.com/x', false],
    ['https://*.example.com', 'https://evilexample.com/x', false],
    ['https://*.id.example.com', SCRIPT, false],
    ['https://*', SCRIPT, true],
    ['https://id.example.com.evil.example', SCRIPT, false],
    ['https://id.example.com:443', SCRIPT, true],
    ['https://id.example.com:80', SCRIPT, true],
    ['https://id.example.com:8443', SCRIPT, false],
    ['https://id.example.com', 'https://id.example.com:8443/x', false],
    ['https://id.example.com:*', 'https://id.example.com:8443/x', true],
    ['http://localhost:4000', 'http://localhost:4000/widget.js', true],
    ['http://localhost', 'http://localhost:4000/widget.js', false],
    ['localhost:4000', 'http://localhost:4000/x', true, 'http://localhost:1/'],
    ['http://127.0.0.1:4000', 'http://localhost:4000/x', false],
    ['https://id.example.com/', SCRIPT, true],
    ['https://id.example.com/widget.js', SCRIPT, true],
    ['https://id.example.com/widget', SCRIPT, false],
    ['https://id.example.com/widget/', SCRIPT, false],
    ['https://id.example.com/widget/', 'https://id.example.com/widget/a.js', true],
    ['https://id.example.com/%77idget.js', SCRIPT, true],
    ['https://id.example.com/%', SCRIPT, false],
    ['https://id.example.com?x', SCRIPT, false],
    ['//id.example.com', SCRIPT, false],
    ["'unsafe-inline'", SCRIPT, false],
    ["'nonce-abc'", SCRIPT, false],
    ["'sha256-abc'", SCRIPT, false],
  ];
  for (const [source, url, matches, page = PAGE] of rows) {
    it(`${source} ${matches ? 'matches' : 'does not match'} ${url} on ${page}`, () => {
      assert.equal(matchesAny([source], url, page), matches);
    });
  }
});

describe('a script', () => {
  const rows: readonly (readonly [sources: string, verdict: ScriptVerdict, nonce?: string])[] = [
    ["'self' https://id.example.com", 'allowed'],
    ["'self'", 'blocked'],
    ["'none'", 'blocked'],
    ['', 'blocked'],
    ["'self' 'unsafe-inline'", 'blocked'],
    ["'nonce-abc'", 'needs_nonce'],
    ["'nonce-abc'", 'needs_nonce', 'ABC'],
    ["'nonce-abc'", 'allowed', 'abc'],
    ["'nonce-abc' https://id.example.com", 'allowed'],
    ["'sha256-abc='", 'blocked'],
    ["'strict-dynamic' 'nonce-abc' https:", 'needs_trust'],
    ["'strict-dynamic' 'nonce-abc'", 'allowed', 'abc'],
    ["'strict-dynamic' https://id.example.com", 'needs_trust'],
    ["'Strict-Dynamic'", 'needs_trust', 'abc'],
  ];
  for (const [sources, verdict, nonce] of rows) {
    it(`${nonce ? `with the nonce ${nonce} ` : ''}under ${sources || 'nothing'}: ${verdict}`, () => {
      assert.equal(scriptVerdict({ sources: sources.split(' ').filter(Boolean) }, SCRIPT, PAGE, nonce), verdict);
    });
  }
});
