import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ConfigError, readConfig } from '../config.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';

const directory = temporaryDirectory();
const file = (name: string, content: string | Buffer) => {
  writeFileSync(join(directory, name), content);
  return join(directory, name);
};
const svg = (content: string) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">${content}</svg>`;
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100)]);

describe('the brand', () => {
  it('is only the name by default', () => {
    assert.deepEqual(readConfig({}).brand, { name: 'Platform' });
    assert.deepEqual(readConfig({ PLATFORM_NAME: 'Acme' }).brand, { name: 'Acme' });
  });

  it('has a support contact, terms and a privacy policy', () => {
    const { brand } = readConfig({
      SUPPORT_EMAIL: 'help@acme.example',
      TERMS_URL: 'https://acme.example/terms',
      PRIVACY_URL: 'https://acme.example/privacy',
    });
    assert.deepEqual(brand.support, { href: 'mailto:help@acme.example', text: 'help@acme.example' });
    assert.equal(brand.termsUrl, 'https://acme.example/terms');
    assert.equal(brand.privacyUrl, 'https://acme.example/privacy');
    const { support } = readConfig({ SUPPORT_URL: 'https://acme.example/help/' }).brand;
    assert.deepEqual(support, { href: 'https://acme.example/help/', text: 'acme.example/help' });
  });

  it('has an accent for both schemes, given or derived', () => {
    const accentOf = (env: Record<string, string>) => readConfig(env).brand.accent?.COLOR_ACCENT;
    assert.equal(
      accentOf({ PLATFORM_ACCENT: '#1B5E20', PLATFORM_ACCENT_DARK: '#9ccc65' }),
      'light-dark(#1b5e20,#9ccc65)',
    );
    assert.match(accentOf({ PLATFORM_ACCENT: '#060' }) ?? '', /^light-dark\(#006600,#[\da-f]{6}\)$/);
    assert.equal(accentOf({ PLATFORM_ACCENT_DARK: '#fc0' }), 'light-dark(#3346d3,#ffcc00)');
  });

  it('recognizes a logo by its content, and names it by a hash of it', () => {
    const drawn = svg('<style>.a{fill:red}</style><path class="a" d="M0 0h8v8z"/><use href="#x"/>');
    const logos = [
      file('logo', drawn),
      file('a.svg', `\uFEFF<?xml version="1.0"?>\n<!-- made by hand -->\n${drawn}`),
      file('b.svg', PNG),
    ].map((path) => readConfig({ PLATFORM_LOGO: path }).brand.logo);
    assert.deepEqual(
      logos.map((logo) => logo?.contentType),
      ['image/svg+xml', 'image/svg+xml', 'image/png'],
    );
    for (const logo of logos) assert.match(logo?.path ?? '', /^\/brand\/logo\.[\da-f]{16}\.(svg|png)$/);
    assert.equal(new Set(logos.map((logo) => logo?.path)).size, 3);
  });

  mkdirSync(join(directory, 'folder'));
  const rows: [env: Record<string, string>, mentioned: RegExp][] = [
    [
      { PLATFORM_ACCENT: '#ffcc00' },
      /PLATFORM_ACCENT: #ffcc00 has a contrast of 1\.\d\d:1 with the light page.*4\.5:1.*darker/,
    ],
    [{ PLATFORM_ACCENT: '#777' }, /PLATFORM_ACCENT: #777 has a contrast of 4\.\d\d:1/],
    [{ PLATFORM_ACCENT_DARK: '#333366' }, /PLATFORM_ACCENT_DARK: #333366 .* dark page.*lighter/],
    [{ PLATFORM_ACCENT: 'green' }, /PLATFORM_ACCENT: must be a colour of six/],
    [{ PLATFORM_ACCENT: '#1b5e20}body{display:none' }, /PLATFORM_ACCENT: must be a colour/],
    [{ SUPPORT_EMAIL: 'help' }, /SUPPORT_EMAIL: /],
    [
      { SUPPORT_EMAIL: 'a@b.example', SUPPORT_URL: 'https://b.example' },
      /SUPPORT_URL: set this or SUPPORT_EMAIL, not both/,
    ],
    [{ SUPPORT_URL: 'javascript:alert(1)' }, /SUPPORT_URL: must be an address of http/],
    [{ TERMS_URL: '/terms', PRIVACY_URL: 'ftp://x.example' }, /TERMS_URL: [\s\S]*PRIVACY_URL: /],
    [{ PLATFORM_LOGO: join(directory, 'missing.svg') }, /PLATFORM_LOGO: .*missing\.svg cannot be read \(ENOENT\)/],
    [{ PLATFORM_LOGO: join(directory, 'folder') }, /PLATFORM_LOGO: .*cannot be read \(EISDIR\)/],
    [
      { PLATFORM_LOGO: file('large.png', Buffer.concat([PNG, Buffer.alloc(40_000)])) },
      /PLATFORM_LOGO: .*at most 32768/,
    ],
    [{ PLATFORM_LOGO: file('page.svg', '<html><svg></svg></html>') }, /PLATFORM_LOGO: .*neither an SVG nor a PNG/],
    [{ PLATFORM_LOGO: file('run.svg', svg('<script>alert(1)</script>')) }, /PLATFORM_LOGO: .*contains a script/],
    [{ PLATFORM_LOGO: file('on.svg', svg('<path onload="x()"/>')) }, /PLATFORM_LOGO: .*contains an event handler/],
    [{ PLATFORM_LOGO: file('foreign.svg', svg('<foreignObject/>')) }, /PLATFORM_LOGO: .*contains foreignObject/],
    [
      { PLATFORM_LOGO: file('link.svg', svg('<image href="https://spy.example/a.png"/>')) },
      /PLATFORM_LOGO: .*contains a link/,
    ],
    [
      { PLATFORM_LOGO: file('far.svg', svg('<style>a{fill:url(https://spy.example)}</style>')) },
      /PLATFORM_LOGO: .*contains a reference/,
    ],
  ];
  for (const [env, mentioned] of rows) {
    it(`is refused with ${JSON.stringify(env).slice(0, 100).replace(directory, '')}`, () => {
      assert.throws(
        () => readConfig(env),
        (error: unknown) => {
          assert.ok(error instanceof ConfigError, String(error));
          assert.match(error.message, mentioned);
          return true;
        },
      );
    });
  }
});
