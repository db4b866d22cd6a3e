import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { continuation, continueTo } from './continue.ts';

const PUBLIC_URL = 'https://id.example';
const callAt = (base: string) =>
  ({ base, context: { config: { publicUrl: PUBLIC_URL } } }) as Parameters<typeof continuation>[0];
const call = callAt('/account');
const goOn = (path: unknown) => continuation(call, { continue: path });

describe('where to go on', () => {
  for (const path of [
    '/account',
    '/account/profile',
    '/account/security?done=x',
    '/account/apps/1/production/keys?a=b&c=d',
  ]) {
    it(`is ${path}`, () => assert.equal(goOn(path), path));
  }

  it('survives the way through another step', () => {
    const step = continueTo(call, 'sign-in', '/account/security/new-email?code=a%2Bb&x=1');
    assert.equal(step, '/account/sign-in?continue=%2Faccount%2Fsecurity%2Fnew-email%3Fcode%3Da%252Bb%26x%3D1');
    const query = Object.fromEntries(new URL(step, PUBLIC_URL).searchParams);
    assert.equal(continuation(call, query), '/account/security/new-email?code=a%2Bb&x=1');
    assert.equal(continueTo(call, 'sign-in', '/account'), '/account/sign-in');
  });

  const hostile: unknown[] = [
    'https://evil.example/account',
    'https://id.example.evil.example/account',
    'https://id.example@evil.example/account',
    'https://id.example/account',
    '//evil.example/account',
    '///evil.example/account',
    '/\\evil.example/account',
    '\\\\evil.example',
    '/\t/evil.example/account',
    ' /account',
    '/account@evil.example',
    '/account.evil.example',
    '/accounts',
    '/account/../popup',
    '/account/..//evil.example',
    '/account/%2e%2e/%2e%2e/evil',
    '/account\\..\\..\\popup',
    '/account/./../sandbox/account',
    '/sandbox/account',
    'account/profile',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)//account',
    'data:text/html,<script>alert(1)</script>',
    '/account/\n//evil.example',
    `/account/${'a'.repeat(1_000)}`,
    '',
    '\0',
    undefined,
    null,
    7,
    ['/account/profile', '//evil.example'],
    { toString: () => '/account/profile' },
  ];
  for (const value of hostile) {
    it(`stays within for ${JSON.stringify(value)?.slice(0, 60)}`, () => {
      const path = goOn(value);
      assert.ok(path === '/account' || path.startsWith('/account/'), path);
      const url = new URL(path, PUBLIC_URL);
      assert.equal(url.origin, PUBLIC_URL);
      assert.ok(url.pathname === '/account' || url.pathname.startsWith('/account/'), url.href);
    });
  }

  for (const input of [undefined, null, 'continue', 7, [], { continue: {} }]) {
    it(`begins at the start for ${JSON.stringify(input)}`, () => assert.equal(continuation(call, input), '/account'));
  }

  it('stays in its realm', () => {
    assert.equal(continuation(callAt('/sandbox/account'), { continue: '/account/profile' }), '/sandbox/account');
    assert.equal(
      continuation(callAt('/sandbox/account'), { continue: '/sandbox/account/data' }),
      '/sandbox/account/data',
    );
  });

  it('leads nowhere else, whatever comes', () => {
    const piece = fc.constantFrom(
      '/account',
      '/',
      '\\',
      '..',
      '.',
      '@',
      ':',
      '?',
      '#',
      '%2f',
      '%5c',
      '%2e',
      '\t',
      '\n',
      'evil.example',
      'https:',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const path = goOn(pieces.join(''));
        const url = new URL(path, PUBLIC_URL);
        return path.startsWith('/account') && url.origin === PUBLIC_URL && /^\/account(\/|$)/.test(url.pathname);
      }),
      { numRuns: 2_000 },
    );
  });
});
