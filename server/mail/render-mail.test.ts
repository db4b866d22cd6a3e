import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LANGUAGES, pickLanguage } from '@signup-with-platform/messages';
import type { Brand } from '../brand/brand.ts';
import type { Mail } from '../outbox/mail.ts';
import { DEFAULT_TEMPLATE } from './default-template.ts';
import { sampleMails } from './mail-samples.ts';
import { createMailRenderer, logoImages } from './render-mail.ts';

const PNG_LOGO = { path: '/brand/logo.abc.png', contentType: 'image/png', bytes: Buffer.from('png') } as const;
const BRAND: Brand = {
  name: 'Acme',
  support: { href: 'mailto:help@acme.example', text: 'help@acme.example' },
  privacyUrl: 'https://acme.example/privacy?a=1&b=2',
};
const render = createMailRenderer(BRAND);
const htmlOf = (mail: Mail, renderer = render) => renderer(mail).html ?? assert.fail('no HTML');
const mail = (more: Partial<Mail> = {}): Mail => ({
  to: 'ada@example.com',
  subject: 'Confirm <b>',
  text: 'One & two.\nThree.\n\nhttps://id.example/c?code=a&x=1\n\nEnd.\n',
  voice: 'platform',
  ...more,
});
const LINK = 'https://id.example/c?code=a&x=1';
const button = { link: LINK, label: 'Confirm "it"' };

describe('the HTML of a mail', () => {
  for (const { tag, direction } of LANGUAGES)
    it(`says in ${tag} what the text says, of every mail`, () => {
      for (const [name, sample] of sampleMails(pickLanguage([tag]), 'Acme', 'https://id.example')) {
        const { html = '', text } = render(sample);
        const seen = html.replaceAll(/<style>[\s\S]*?<\/style>|<br>/g, ' ').replaceAll(/<[^>]*>/g, ' ');
        const words = (all: string) => decoded(all).split(/\s+/).filter(Boolean);
        const body = words(seen);
        for (const word of words(sample.text)) assert.ok(body.includes(word), `${name}: ${word}`);
        assert.ok(html.includes(`<html lang="${tag}" dir="${direction}">`));
        assert.doesNotMatch(html, /\{\{|undefined|\[object/);
        assert.equal(
          html.split('<a href="').length - 1,
          (sample.button ? 1 : 0) + (sample.voice === 'platform' ? 2 : 0),
        );
        assert.equal(text.startsWith(sample.text), true);
      }
    });

  it('makes a button of the link that the mail is about, and of no other', () => {
    const html = htmlOf(mail({ button }));
    assert.match(html, /<a href="https:\/\/id\.example\/c\?code=a&amp;x=1"/);
    assert.match(html, />Confirm &quot;it&quot;<\/a>/);
    const without = htmlOf(mail({ voice: 'vendor' }));
    assert.doesNotMatch(without, /<a /, 'a text that looks like a link is a text');
  });

  it('shows a code where it is alone in its paragraph', () => {
    const text = 'Enter 12 there:\n\n12\n\nBye.\n';
    assert.match(htmlOf(mail({ text, code: '12' })), /class="code"[^>]*>12<\/p>/);
  });

  it('escapes whatever somebody typed', () => {
    const evil = `</p><img src=x onerror=alert(1)> {{{subject}}} "' & <a href=https://evil.example>`;
    const html = htmlOf(mail({ subject: evil, text: `${evil}\n\n${LINK}\n`, button: { link: LINK, label: evil } }));
    assert.doesNotMatch(html, /<img|<a href=https|onerror=alert\(1\)>(?!.*&gt;)/);
    assert.ok(html.includes('{{{subject}}}'), 'what looks like a template is none');
  });

  it('bears the platform’s name, address and logo only where the platform speaks', () => {
    const renderer = createMailRenderer({ ...BRAND, logo: PNG_LOGO });
    const [ours, theirs] = [htmlOf(mail(), renderer), htmlOf(mail({ voice: 'vendor' }), renderer)];
    for (const word of ['<bdi>Acme</bdi>', 'cid:logo', 'help@acme.example', 'acme.example/privacy']) {
      assert.ok(ours.includes(word), word);
      assert.ok(!theirs.includes(word), word);
    }
    assert.deepEqual(
      logoImages({ name: 'Acme', logo: PNG_LOGO }).map(({ id }) => id),
      ['logo'],
    );
    const svg = { ...PNG_LOGO, contentType: 'image/svg+xml' } as const;
    assert.deepEqual(logoImages({ name: 'Acme', logo: svg }), []);
    assert.ok(
      !htmlOf(mail(), createMailRenderer({ ...BRAND, logo: svg })).includes('cid:'),
      'few mail programs show SVG',
    );
  });

  it('has the operator’s colours, and loads nothing from anywhere', () => {
    const accent = { COLOR_ACCENT: 'light-dark(#006600,#99cc99)', COLOR_ON_ACCENT: 'light-dark(#fffffe,#000001)' };
    const html = htmlOf(mail({ button }), createMailRenderer({ ...BRAND, accent: accent as Brand['accent'] & object }));
    for (const color of ['#006600', '#99cc99', '#fffffe', '#000001']) assert.ok(html.includes(color), color);
    assert.doesNotMatch(html, /(?:src|background)=|url\(|@import|<link|<script/);
  });

  it('is the operator’s own where there is a template', () => {
    const renderer = createMailRenderer(
      BRAND,
      '<p>{{subject}}{{#blocks}}{{#button}}<a href="{{link}}">{{label}}</a>{{/button}}{{/blocks}}',
    );
    assert.match(htmlOf(mail({ button }), renderer), /^<p>Confirm &lt;b&gt;<a href="https:/);
  });

  it('stays below the size at which Gmail cuts a mail', () => {
    for (const [name, sample] of sampleMails(pickLanguage(['ar']), 'Acme', 'https://id.example'))
      assert.ok(Buffer.byteLength(htmlOf(sample)) < 20_000, name);
    assert.ok(DEFAULT_TEMPLATE.length < 6_000);
  });
});

function decoded(html: string): string {
  const entities: Record<string, string> = {
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    '#39': "'",
    '#x2F': '/',
    '#x3D': '=',
  };
  return html.replaceAll(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole);
}
