import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CODE_IN_HOSTS } from '../../scripts/testing/hostile-inputs.ts';
import { imageSource, isWebOrigin, linkUri } from './uris.ts';

describe('isWebOrigin', () => {
  for (const origin of [
    'https://shop.example',
    'http://localhost:4100',
    'https://xn--bcher-kva.example',
    'http://[::1]:3000',
  ])
    test(`takes ${origin}`, () => assert.equal(isWebOrigin(origin), true));
  for (const origin of [
    '*',
    'null',
    '',
    'https://shop.example/',
    'https://shop.example/path',
    'https://shop.example:443',
    'HTTPS://shop.example',
    'https://user@shop.example',
    'https://*.shop.example',
    'https://shop.example;script-src',
    "https://shop.example 'unsafe-inline'",
    'https://shop.example\n',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'ws://shop.example',
    ...CODE_IN_HOSTS.map(({ input }) => `http://${input}:3000`),
  ])
    test(`refuses ${JSON.stringify(origin)}`, () => assert.equal(isWebOrigin(origin), false));
});

describe('linkUri', () => {
  test('takes web addresses', () =>
    assert.equal(linkUri('https://shop.example/privacy?a=b'), 'https://shop.example/privacy?a=b'));
  for (const uri of [
    undefined,
    '',
    '/privacy',
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'data:text/html,x',
    'java\nscript:x',
  ])
    test(`refuses ${JSON.stringify(uri)}`, () => assert.equal(linkUri(uri), undefined));
});

describe('imageSource', () => {
  test('takes https, with the origin to allow', () =>
    assert.deepEqual(imageSource('https://cdn.example/a.png'), {
      src: 'https://cdn.example/a.png',
      origin: 'https://cdn.example',
    }));
  test('takes a bitmap in place', () =>
    assert.deepEqual(imageSource('data:image/png;base64,AAAA'), { src: 'data:image/png;base64,AAAA' }));
  test('takes http from the developer’s own machine', () =>
    assert.equal(imageSource('http://localhost:4100/logo.svg')?.origin, 'http://localhost:4100'));
  for (const uri of [
    undefined,
    '',
    'logo.png',
    'http://shop.example/a.png',
    'data:text/html,x',
    'data:image/svg+xml,x',
    'blob:x',
  ])
    test(`refuses ${JSON.stringify(uri)}`, () => assert.equal(imageSource(uri), undefined));
});
