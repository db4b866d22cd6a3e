import assert from 'node:assert/strict';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { LANGUAGES } from '@signup-with-platform/messages';
import sharp from 'sharp';
import { TRAILING_SLASHES } from '../../../scripts/testing/hostile-inputs.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';
import { securityTxt } from './well-known.ts';

const BRAND = {
  PLATFORM_NAME: 'Acme & <Sons>',
  PLATFORM_ACCENT: '#1b5e20',
  SUPPORT_EMAIL: 'help@acme.example',
  PRIVACY_URL: 'https://acme.example/privacy',
  TERMS_URL: 'https://acme.example/terms',
  DEMO_URL: 'https://shop.acme.example',
};

interface Answer {
  status: number;
  body: string;
  headers: Record<string, string | string[] | undefined>;
}

/** `fetch` would tidy the path. */
function send(
  platform: TestPlatform,
  path: string,
  method = 'GET',
  headers: Record<string, string> = {},
): Promise<Answer> {
  const { port } = platform.app.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }));
    })
      .on('error', reject)
      .end();
  });
}

const linksOf = (body: string) => [...body.matchAll(/ href="?([^\s">]+)/g)].map(([, href = '']) => href);

describe('the front door', () => {
  let plain: TestPlatform;
  let branded: TestPlatform;
  before(async () => {
    plain = await startTestPlatform({ DEMO_PORT: '0' });
    branded = await startTestPlatform(BRAND);
  });
  after(async () => {
    await plain.close();
    await branded.close();
  });
  const get = (path: string, headers: Record<string, string> = {}, platform = plain) =>
    send(platform, path, 'GET', headers);

  it('says what this is, and leads to the account, the documentation and the demo', async () => {
    const { status, body, headers } = await get('/', {}, branded);
    assert.equal(status, 200);
    assert.equal(headers['content-type'], 'text/html; charset=utf-8');
    assert.match(body, /<h1>Sign up at shops with your <bdi>Acme &amp; &lt;Sons&gt;<\/bdi> account<\/h1>/);
    const ways = linksOf(body).filter((href) => !href.startsWith('data:'));
    assert.deepEqual(ways, [
      '/account/sign-in',
      '/account',
      '/docs',
      'https://shop.acme.example',
      'mailto:help@acme.example',
      'https://acme.example/privacy',
      'https://acme.example/terms',
    ]);
    assert.match(body, /#1b5e20/);
    assert.doesNotMatch(body, /noindex/);
    assert.match(body, /<meta name="description" content="One button [^"]*Acme/);
    assert.match(String(headers['content-security-policy']), /default-src 'none'.*frame-ancestors 'none'/);
    assert.doesNotMatch(String(headers['content-security-policy']), /unsafe/);
  });

  it('leads to no demo where none is known', async () => {
    assert.doesNotMatch((await get('/')).body, /See it work/);
  });

  for (const { tag, direction } of LANGUAGES) {
    it(`speaks ${tag}`, async () => {
      const { body } = await get('/', { 'accept-language': tag });
      assert.match(body, new RegExp(`<html lang="${tag}" dir="${direction}"`));
      assert.equal((await get(`/?language=${tag}`)).body, body);
    });
  }

  it('is kept by caches, by language, and takes the theme that is asked for', async () => {
    const { headers, body } = await get('/');
    assert.match(String(headers['cache-control']), /^public, max-age=300/);
    assert.match(String(headers['vary']), /accept-language/);
    assert.equal(headers['set-cookie'], undefined);
    const again = await get('/', { 'if-none-match': String(headers['etag']) });
    assert.deepEqual([again.status, again.body], [304, '']);
    assert.notEqual((await get('/', { 'accept-language': 'nl' })).headers['etag'], headers['etag']);
    assert.match((await get('/?theme=dark')).body, /data-theme="dark"/);
    assert.equal((await get('/?theme=evil&language=evil&x[]=1')).body, body);
  });

  it('answers HEAD as GET, without the body', async () => {
    for (const path of ['/', '/robots.txt', '/favicon.ico', '/.well-known/change-password', '/nothing']) {
      const [head, whole] = [await send(plain, path, 'HEAD'), await get(path)];
      assert.deepEqual([head.status, head.body], [whole.status, ''], path);
      assert.equal(head.headers['content-type'], whole.headers['content-type'], path);
    }
  });

  it('is replaced by the operator’s own page', async () => {
    const platform = await startTestPlatform({ HOME_URL: 'https://acme.example/über' });
    const { status, headers } = await get('/', {}, platform);
    assert.deepEqual([status, headers['location']], [302, 'https://acme.example/%C3%BCber']);
    assert.equal((await get('/robots.txt', {}, platform)).status, 200);
    await platform.close();
  });

  it('has icons in the operator’s colour', async () => {
    const ico = await fetch(`${branded.url}/favicon.ico`);
    assert.equal(ico.headers.get('content-type'), 'image/vnd.microsoft.icon');
    const bytes = Buffer.from(await ico.arrayBuffer());
    assert.deepEqual([...bytes.subarray(0, 8)], [0, 0, 1, 0, 1, 0, 48, 48]);
    assert.equal(bytes.readUInt32LE(14), bytes.length - 22);
    const { data, info } = await sharp(bytes.subarray(22)).raw().toBuffer({ resolveWithObject: true });
    assert.deepEqual([info.width, info.height, info.channels], [48, 48, 4]);
    const pixel = (x: number, y: number) => [...data.subarray((y * 48 + x) * 4, (y * 48 + x) * 4 + 4)];
    assert.deepEqual(pixel(0, 0)[3], 0, 'round corners');
    assert.deepEqual(pixel(24, 3), [0x1b, 0x5e, 0x20, 255]);
    assert.deepEqual(pixel(24, 18), [255, 255, 255, 255]);
    const touch = await fetch(`${branded.url}/apple-touch-icon.png`);
    assert.equal((await sharp(Buffer.from(await touch.arrayBuffer())).metadata()).width, 180);
    const { body, headers } = await get('/favicon.svg', {}, branded);
    assert.equal(headers['content-type'], 'image/svg+xml');
    assert.match(body, /^<svg [^>]*>.*#1b5e20/);
  });

  it('lets crawlers read the start page, the documentation and what vendors’ pages load, and nothing else', async () => {
    const { body, headers } = await get('/robots.txt');
    assert.equal(headers['content-type'], 'text/plain; charset=utf-8');
    const disallowed = [...body.matchAll(/^Disallow: (\S+)$/gm)].map(([, path = '']) => path);
    const isDisallowed = (path: string) => disallowed.some((start) => path.startsWith(start));
    for (const path of ['/', '/docs', '/docs/api', '/openapi.json', '/widget.js', '/widget/chunk.js', '/pictures/x'])
      assert.equal(isDisallowed(path), false, path);
    for (const path of [
      '/account',
      '/account/apps',
      '/sandbox/account',
      '/popup',
      '/interaction/x',
      '/1/users',
      '/device',
    ])
      assert.equal(isDisallowed(path), true, path);
  });

  it('leads password managers to the page on which a password is changed', async () => {
    const { status, headers } = await get('/.well-known/change-password');
    assert.equal(status, 302);
    const { status: there, headers: ask } = await get(String(headers['location']));
    assert.deepEqual([there, String(ask['location']).split('?', 1)], [303, ['/account/sign-in']]);
    // By this address they find out whether the statuses of this server can be trusted.
    const control = '/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200';
    assert.equal((await get(control)).status, 404);
  });

  it('says whom to tell of a security problem, as RFC 9116 has it, if there is anybody', async () => {
    const { body, headers } = await get('/.well-known/security.txt', {}, branded);
    assert.equal(headers['content-type'], 'text/plain; charset=utf-8');
    const [, expires = ''] = /^Expires: (\S+)$/m.exec(body) ?? [];
    assert.equal(
      body,
      `Contact: mailto:help@acme.example\nExpires: ${expires}\nCanonical: ${branded.url}/.well-known/security.txt\nPreferred-Languages: en\n`,
    );
    const days = (Date.parse(expires) - Date.now()) / 86_400_000;
    assert.ok(days > 88 && days < 91, expires);
    assert.equal((await get('/.well-known/security.txt')).status, 404);
  });

  it('leads from the issuer of the sandbox to its account pages', async () => {
    const response = await fetch(`${plain.url}/sandbox`, { redirect: 'manual' });
    assert.deepEqual([response.status, response.headers.get('location')], [302, '/sandbox/account']);
  });

  it('answers an address that has one slash too many with the page that is meant', async () => {
    for (const { input, value } of TRAILING_SLASHES.understood) {
      const { status, headers } = await get(input);
      assert.deepEqual([status, headers['location']], [301, value], input);
    }
    for (const { input } of TRAILING_SLASHES.refused) {
      const { status, headers } = await get(input);
      assert.deepEqual([status >= 400, headers['location']], [true, undefined], input);
    }
    assert.equal((await send(plain, '/docs/api/', 'POST')).status, 404);
  });

  it('has a page where there is none, which leads home', async () => {
    for (const [path, tag] of [
      ['/nowhere', 'en'],
      ['/nowhere?language=ar', 'ar'],
      ['/sandbox/nowhere', 'en'],
    ] as const) {
      const { status, body, headers } = await get(path, { 'x-request-id': 'request-0001' });
      assert.equal(status, 404);
      assert.equal(headers['content-type'], 'text/html; charset=utf-8');
      assert.equal(headers['cache-control'], 'no-store');
      assert.match(String(headers['content-security-policy']), /default-src 'none'.*frame-ancestors 'none'/);
      assert.match(body, new RegExp(`<html lang="${tag}"`));
      assert.match(body, /<a class="button secondary" href="\/"/);
      assert.match(body, /<button [^>]*data-close hidden>/, 'shown only where it does something');
      assert.ok(body.includes('request-0001'));
    }
    assert.match((await get('/nowhere')).body, /<h1>There’s nothing here<\/h1>/);
  });
});

it('a copy of security.txt never expires on the day on which it is fetched, nor is it valid for a year', () => {
  for (const now of [Date.UTC(2026, 0, 1), Date.UTC(2026, 11, 31, 23, 59, 59, 999)]) {
    const text = securityTxt({ contact: 'https://acme.example/security', publicUrl: 'https://id.example', now });
    const [, expires = ''] = /^Expires: (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)$/m.exec(text) ?? [];
    const days = (Date.parse(expires) - now) / 86_400_000;
    assert.ok(days > 88 && days <= 90, expires);
  }
});
