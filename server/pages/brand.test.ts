import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { accentTokens } from '@signup-with-platform/design/accent';
import { LANGUAGES } from '@signup-with-platform/messages';
import type { Brand } from '../brand/brand.ts';
import { sampleContext, samplePages } from '../delivery/popup/pages/page-samples.ts';

const brand: Brand = {
  name: 'Acme',
  logo: { path: '/brand/logo.0123456789abcdef.svg', contentType: 'image/svg+xml', bytes: Buffer.from('') },
  accent: accentTokens({ light: '#1b5e20', dark: '#9ccc65' }),
  support: { href: 'mailto:help@acme.example', text: 'help@acme.example' },
  termsUrl: 'https://acme.example/terms',
  privacyUrl: 'https://acme.example/privacy',
};

describe('a brand', () => {
  for (const { tag: language } of LANGUAGES) {
    it(`is on every page of the popup (${language})`, () => {
      for (const [name, { html, contentSecurityPolicy }] of samplePages({
        ...sampleContext,
        brand,
        languages: [language],
      })) {
        const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(html) ?? [];
        const hash = createHash('sha256').update(style).digest('base64');
        assert.ok(contentSecurityPolicy.includes(`style-src 'sha256-${hash}'`), name);
        assert.ok(style.includes('--color-accent:light-dark(#1b5e20,#9ccc65)') && !style.includes('#3346d3'), name);
        assert.match(html, /<link rel="icon" href="\/brand\/logo\.0123456789abcdef\.svg">/, name);
        assert.match(html, /<img class="logo" src="\/brand\/logo\.0123456789abcdef\.svg" alt=""/, name);
        const footer = /<footer[\s\S]*<\/footer>/.exec(html)?.[0] ?? '';
        for (const target of ['mailto:help@acme.example', 'https://acme.example/terms', 'https://acme.example/privacy'])
          assert.equal(footer.split(`href="${target}"`).length, 2, `${name}: ${target}`);
        const asks = name.startsWith('error-') || name.startsWith('recovery-code');
        assert.equal(html.includes('>help@acme.example<'), asks, `${name} says whom to ask`);
        const agreed = html.slice(0, html.indexOf('<footer')).includes('https://acme.example/terms');
        assert.equal(agreed, name.startsWith('sign-up'), `${name} says what one agrees to`);
      }
    });
  }

  it('leaves no trace on pages without one', () => {
    for (const { html } of samplePages().values()) {
      assert.doesNotMatch(html, /<footer|class="logo"|mailto:/);
      assert.match(html, /--color-accent:light-dark\(#3346d3,/);
    }
  });

  it('colours the mark in the title bar when there is no logo', () => {
    const { logo: _, ...colours } = brand;
    const html = samplePages({ ...sampleContext, brand: colours }).get('sign-in')?.html ?? '';
    assert.match(html, /<link rel="icon" href="data:image\/svg\+xml,[^"]*%231b5e20/);
    assert.match(html, /<svg class="mark"/);
  });

  it('speaks only of what there is', () => {
    const page = (only: Partial<Brand>) =>
      samplePages({ ...sampleContext, brand: { name: 'Acme', ...only } }).get('sign-up')?.html ?? '';
    assert.match(page({ termsUrl: 'https://acme.example/t' }), /you agree to the <a[^>]*https:\/\/acme\.example\/t"/);
    assert.doesNotMatch(page({ termsUrl: 'https://acme.example/t' }), /what we do with your data/);
    assert.doesNotMatch(page({ privacyUrl: 'https://acme.example/p' }), /you agree to the/);
  });
});
