import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Environment } from '@signup-with-platform/protocol';
import { LOOPBACK_HOSTS } from '../../../scripts/testing/hostile-inputs.ts';
import { checkCalledAddress, checkNewAddress, MAX_ADDRESSES } from './environment-addresses.ts';

const SHOP = { environment: 'production', kind: 'web' } as const;
const PLATFORM = 'https://id.example';

describe('a new origin', () => {
  const problemOf = (environment: 'localhost' | 'production', text: string, known: string[] = []) =>
    checkNewAddress('origins', { environment, kind: 'web' }, PLATFORM, known, text)?.problem;

  for (const text of ['http://localhost:3000', 'http://127.0.0.1', 'http://[::1]:8080', 'https://192.0.2.1:8443']) {
    it(`may be ${text} while testing, not in production`, () => {
      assert.equal(problemOf('localhost', text), undefined);
      assert.match(problemOf('production', text) ?? '', /loopback|ip_address/);
    });
  }

  for (const { value, what } of LOOPBACK_HOSTS.understood) {
    it(`may be http://${value} while testing, not in production (${what})`, () => {
      assert.equal(problemOf('localhost', `http://${value}`), undefined);
      assert.equal(problemOf('production', `https://${value}`), 'loopback');
    });
  }

  it('may be a shop', () => assert.equal(problemOf('production', 'https://shop.example:8443'), undefined));

  const refused: [string, string][] = [
    ['', 'required'],
    ['shop.example', 'not_a_url'],
    ['javascript:alert(1)', 'not_https'],
    ['data:text/html,x', 'not_https'],
    ['http://shop.example', 'not_https'],
    ['https://shop.example/', 'not_exact'],
    ['https://shop.example/path', 'not_exact'],
    ['https://shop.example#x', 'not_exact'],
    ['https://a:b@shop.example', 'not_exact'],
    ['https://*.shop.example', 'wildcard'],
    ['https://2130706433', 'not_exact'],
    ['https://127.1', 'not_exact'],
    ['https://shop.localhost', 'loopback'],
    ['https://[::ffff:127.0.0.1]', 'not_exact'],
    ['https://10.0.0.7', 'ip_address'],
    [`https://${'a'.repeat(2_000)}.example`, 'too_long'],
    ['https://shop.example', 'known'],
  ];
  for (const [text, problem] of refused) {
    it(`is refused as ${problem}: ${text.slice(0, 40)}`, () =>
      assert.equal(problemOf('production', text, ['https://shop.example']), problem));
  }

  it('that looks like another is told apart, in punycode', () => {
    // Cyrillic а.
    assert.deepEqual(checkNewAddress('origins', SHOP, PLATFORM, [], 'https://аpple.example'), {
      problem: 'not_exact',
      remedy: 'https://xn--pple-43d.example',
    });
  });

  it('is refused when there are too many', () => {
    const known = Array.from({ length: MAX_ADDRESSES }, (_, index) => `https://shop${index}.example`);
    assert.equal(problemOf('localhost', 'https://one-more.example', known), 'too_many');
    assert.equal(problemOf('localhost', 'https://one-more.example', known.slice(1)), undefined);
  });
});

describe('a new redirect URI', () => {
  const refusalOf = (text: string) => checkNewAddress('redirectUris', SHOP, PLATFORM, [], text);
  it('names a page', () => {
    assert.equal(refusalOf('https://shop.example/callback?from=platform'), undefined);
    assert.deepEqual(refusalOf('https://shop.example'), {
      problem: 'names_no_page',
      remedy: 'https://shop.example/callback',
    });
  });
  it('is none of the platform, however it is written', () => {
    const own = ['/authorize?client_id=a', '/sandbox/logout', ':443/x', '/'].map((rest) => `${PLATFORM}${rest}`);
    for (const text of [...own, 'HTTPS://ID.example/x']) {
      assert.equal(refusalOf(text)?.problem, 'platform', text);
      const native = { environment: 'localhost', kind: 'native' } as const;
      assert.equal(checkNewAddress('redirectUris', native, PLATFORM, [], text)?.problem, 'platform', text);
    }
    assert.equal(checkNewAddress('origins', SHOP, PLATFORM, [], PLATFORM)?.problem, 'platform');
    assert.equal(refusalOf('https://id.example.shop.example/x'), undefined);
  });
  it('has no fragment, no wildcard and no machine of one’s own', () => {
    assert.equal(refusalOf('https://shop.example/callback#x')?.problem, 'fragment');
    assert.equal(refusalOf('https://*.example/callback')?.problem, 'wildcard');
    assert.equal(refusalOf('http://localhost:3000/callback')?.problem, 'loopback');
    assert.equal(refusalOf('com.example.app:/callback')?.problem, 'not_https');
  });
});

describe('a sign-up endpoint', () => {
  const problemOf = (environment: Environment, publicUrl: string, text: string) =>
    checkCalledAddress('signupEndpoint', environment, publicUrl, text)?.problem;
  const [mine, web] = ['http://localhost:4000', 'https://id.example'];

  it('may be on a developer’s machine, if the platform is there too', () => {
    assert.equal(problemOf('localhost', mine, 'http://localhost:3000/signup'), undefined);
    assert.equal(problemOf('development:sandbox', mine, 'http://localhost:3000/signup'), 'loopback');
    assert.equal(problemOf('production', mine, 'http://localhost:3000/signup'), 'loopback');
  });

  for (const text of ['http://localhost:3000/signup', 'http://127.0.0.1/', 'https://[::1]/signup']) {
    it(`may not be the platform’s own machine: ${text}`, () => {
      assert.equal(problemOf('localhost', web, text), 'loopback');
      assert.equal(problemOf('production', web, text), 'loopback');
    });
  }

  it('may not be an address of a network that the platform is in', () => {
    for (const text of ['https://10.0.0.7/signup', 'https://169.254.169.254/latest', 'https://[fd00::1]/signup']) {
      assert.equal(problemOf('localhost', web, text), 'ip_address');
      assert.equal(problemOf('localhost', mine, text), 'ip_address');
    }
  });

  it('is reached over https, without credentials in it', () => {
    assert.equal(problemOf('localhost', web, 'http://shop.example/signup'), 'not_https');
    assert.equal(problemOf('localhost', web, 'https://a:b@shop.example/signup'), 'credentials');
    assert.equal(problemOf('localhost', web, ''), 'required');
    assert.equal(problemOf('localhost', web, 'https://shop.example/signup'), undefined);
  });
});
