import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CODE_IN_HOSTS, URIS_NOT_AS_SENT } from '../../../scripts/testing/hostile-inputs.ts';
import {
  parseBackchannelLogoutUri,
  parseOrigin,
  parseRedirectUri,
  parseSignupEndpoint,
  parseWebPage,
} from './origins.ts';

describe('parseOrigin', () => {
  for (const origin of [
    'https://shop.example',
    'https://shop.example:8443',
    'http://localhost:4100',
    'http://127.0.0.1:4100',
    'http://shop.localhost',
    'http://[::1]:4100',
    'https://shop_2.example.',
    'https://xn--bcher-kva.example',
  ]) {
    it(`accepts ${origin}`, () => assert.equal(parseOrigin(origin), origin));
  }
  const refused: [string, RegExp][] = [
    ['*', /not an origin/],
    ['null', /not an origin/],
    ['https://*.example', /./],
    ['https://shop.example/', /Use "https:\/\/shop\.example"/],
    ['https://shop.example/path', /Use "https:\/\/shop\.example"/],
    ['https://SHOP.example', /Use "https:\/\/shop\.example"/],
    ['https://shop.example:443', /Use "https:\/\/shop\.example"/],
    ['https://user@shop.example', /Use "https:\/\/shop\.example"/],
    ['http://shop.example', /must begin with https/],
    ['http://localhost.shop.example', /must begin with https/],
    ['javascript:alert(1)', /must begin with https/],
    ['file:///etc', /must begin with https/],
  ];
  for (const [text, message] of refused) {
    it(`refuses ${text}`, () => assert.throws(() => parseOrigin(text), message));
  }
});

describe('parseRedirectUri', () => {
  it('accepts a page', () =>
    assert.equal(parseRedirectUri('https://shop.example/cb?x=1'), 'https://shop.example/cb?x=1'));
  for (const text of [
    'https://shop.example',
    'https://shop.example/cb#x',
    'http://shop.example/cb',
    'https://a:b@shop.example/cb',
    '/cb',
    'data:text/html,x',
  ]) {
    it(`refuses ${text}`, () => assert.throws(() => parseRedirectUri(text), TypeError));
  }
  for (const [text, remedy] of URIS_NOT_AS_SENT) {
    it(`names the form that browsers send for ${text}`, () => {
      assert.throws(() => parseRedirectUri(text), { problem: 'not_exact', remedy });
      assert.equal(parseRedirectUri(remedy), remedy);
    });
  }
});

describe('parseSignupEndpoint', () => {
  for (const text of ['https://shop.example/signup?key=1', 'https://shop.example', 'http://127.0.0.1:3000/signup']) {
    it(`accepts ${text}`, () => assert.equal(parseSignupEndpoint(text), text));
  }
  for (const text of [
    'http://shop.example/signup',
    'http://169.254.169.254/latest',
    'https://a:b@shop.example/signup',
    'https://shop.example/signup#x',
    'file:///etc/passwd',
    '/signup',
  ]) {
    it(`refuses ${text}`, () => assert.throws(() => parseSignupEndpoint(text), TypeError));
  }
});

describe('a host that says something where it is printed', () => {
  const parsers = { parseOrigin, parseRedirectUri, parseSignupEndpoint, parseBackchannelLogoutUri, parseWebPage };
  for (const { input, what } of CODE_IN_HOSTS) {
    for (const scheme of ['http', 'https']) {
      const origin = `${scheme}://${input}:3000`;
      it(`is registered as no address: ${origin} (${what})`, () => {
        assert.equal(new URL(origin).origin, origin, 'browsers take it');
        for (const [name, parse] of Object.entries(parsers)) {
          const text = name === 'parseOrigin' ? origin : `${origin}/cb`;
          assert.throws(() => parse(text), { name: 'AddressError', problem: 'not_a_host' }, name);
        }
      });
    }
  }
});
