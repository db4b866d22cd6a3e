import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cpuTimeMs } from '../../../../scripts/testing/cpu-time.ts';
import { parsePageAddress } from './examine-page.ts';
import { readDocument } from './read-document.ts';

const PAGE = 'https://shop.example/sign-up';
const read = (html: string) => readDocument(html, PAGE);
const clientIds = (html: string) => read(html).tags.map(({ clientId }) => clientId);

describe('reading a page', () => {
  it('finds tags, scripts and policies, however they are written', () => {
    const document = read(`<!doctype html><HEAD>
      <meta HTTP-EQUIV='Content-Security-Policy' content="script-src 'self'">
      <meta NAME=Referrer content=same-origin><meta name="description" content="no-referrer">
      <script type=Module src=/widget.js nonce="abc"></script>
      <script src="https://cdn.example/app.js"></script>
      <Signup-With-Platform client-id = 'a&amp;b'
        platform="https://id.example" redirect-uri=/back client-id="second" disabled></signup-with-platform>`);
    assert.deepEqual(document, {
      tags: [{ clientId: 'a&b', platform: 'https://id.example', redirectUri: '/back', nonce: '', fields: undefined }],
      scripts: [{ src: 'https://shop.example/widget.js', isModule: true, nonce: 'abc' }],
      policies: ["script-src 'self'"],
      referrerPolicies: ['same-origin'],
    });
  });

  it('does not take for a tag what is none', () => {
    const tag = '<signup-with-platform client-id="x"></signup-with-platform>';
    for (const html of [
      `<!-- ${tag} -->`,
      `<!-- ${tag}`,
      `<script>const html = '${tag}'</script>`,
      `<script>${tag}`,
      `<textarea>${tag}</textarea>`,
      `<title>${tag}</title>`,
      `<p title='${tag}'>`,
      `<signup-with-platforms client-id="x">`,
      `&lt;signup-with-platform>`,
    ]) {
      assert.deepEqual(clientIds(html), [], html);
    }
    assert.deepEqual(clientIds(`<!-- a -->${tag}<script>'<b>'</script>${tag}`), ['x', 'x']);
  });

  it('finds where text ends behind characters that are longer in lower case', () => {
    const tag = '<signup-with-platform client-id="x"></signup-with-platform>';
    for (const name of ['script', 'TITLE', 'Style']) {
      const text = `<${name}>${'İ'.repeat(500)}</${name.toUpperCase()}>`;
      assert.deepEqual(clientIds(`${text}${tag}`), ['x'], name);
      assert.deepEqual(clientIds(`${'İ'.repeat(500)}<${name}>${tag}</${name}>${tag}`), ['x'], name);
    }
  });

  it('takes time in proportion to the length', () => {
    for (const part of ['<a ', '<a b="', "<a b='", '<!--', '<script>', '<a b=', '<a / / ', '< ', '<a\t\t\t\t=']) {
      const html = part.repeat(Math.ceil((1024 * 1024) / part.length));
      assert.ok(cpuTimeMs(() => read(html)) < 2_000, part);
    }
    const spaces = `<a ${' '.repeat(1024 * 1024)}`;
    assert.ok(cpuTimeMs(() => read(spaces)) < 2_000);
    assert.ok(cpuTimeMs(() => read(`<a b${' '.repeat(1024 * 1024)}`)) < 2_000);
  });
});

describe('an address that somebody types', () => {
  const rows: readonly (readonly [typed: string, address: string | undefined])[] = [
    ['https://shop.example/sign-up', 'https://shop.example/sign-up'],
    ['  https://shop.example  ', 'https://shop.example/'],
    ['https://shop.example/a?b=c#d', 'https://shop.example/a?b=c'],
    ['shop.example', 'https://shop.example/'],
    ['shop.example:8443/a', 'https://shop.example:8443/a'],
    ['localhost:3000', 'http://localhost:3000/'],
    ['HTTP://Shop.Example', 'http://shop.example/'],
    ['', undefined],
    ['   ', undefined],
    ['https://', undefined],
    ['ftp://shop.example', undefined],
    ['file:///etc/passwd', undefined],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['https://me:secret@shop.example', undefined],
    ['me@shop.example', undefined],
    ['https://*.shop.example', undefined],
    [`https://shop.example/${'a'.repeat(2_000)}`, undefined],
  ];
  for (const [typed, address] of rows) {
    it(`${typed.slice(0, 40)}: ${address}`, () => assert.equal(parsePageAddress(typed), address));
  }
});
