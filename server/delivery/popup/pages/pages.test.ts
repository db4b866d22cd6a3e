import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { LANGUAGES, pickLanguage } from '@signup-with-platform/messages';
import type { PageContext } from '#pages/models.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { handedToScripts } from '#testing/http-journey.ts';
import { sampleAnswer, sampleContext, samplePages } from './page-samples.ts';

/** What must hold for every page, in every language and state. */

const elements = (html: string, name: string) =>
  [...html.matchAll(new RegExp(`<${name}\\b[^>]*>([\\s\\S]*?)</${name}>`, 'g'))].map(([, content = '']) => content);
const hashOf = (source: string) => `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
const directive = (page: RenderedPage, name: string) =>
  page.contentSecurityPolicy
    .split('; ')
    .find((part) => part.startsWith(`${name} `))
    ?.split(' ')
    .slice(1) ?? [];
/** The page without the contents of scripts and styles. Attribute values have their `>` escaped, so a tag ends at the first one. */
const markupOf = (html: string) => html.replace(/(<(script|style)\b[^>]*>)[\s\S]*?(?=<\/\2>)/g, '$1');
const attributeValues = (markup: string, name: string) =>
  [...markup.matchAll(new RegExp(`<[a-z][^>]*?\\s${name}="([^"]*)"`, 'g'))].map(([, value = '']) => value);

for (const { tag, direction } of LANGUAGES) {
  describe(`every page in ${tag}`, () => {
    const pages = [...samplePages({ ...sampleContext, languages: [tag] })].map(([name, page]) => ({
      name,
      page,
      markup: markupOf(page.html),
    }));

    test('is a whole document in that language', () => {
      for (const { name, page, markup } of pages) {
        assert.ok(page.html.startsWith(`<!doctype html>\n<html lang="${tag}" dir="${direction}"`), name);
        assert.match(
          markup,
          direction === 'rtl' ? /<title>[^<]+ · \u2068Acme\u2069<\/title>/ : /<title>[^<]+ · Acme<\/title>/,
          name,
        );
        assert.match(markup, /<h1/, name);
      }
    });

    test('leaves no value or placeholder behind', () => {
      // What is masked, and the number of a form, is random, and may spell anything.
      for (const { name, markup } of pages)
        assert.doesNotMatch(
          markup.replaceAll(/data-masked="[^"]*"|(?<=name="submission" )value="[^"]*"/g, ''),
          /undefined|\[object|NaN|\{\w+\}|lit\$|<!--|<\?/,
          name,
        );
    });

    test('is allowed by its policy, and nothing else is', () => {
      for (const { name, page } of pages) {
        assert.deepEqual(directive(page, 'style-src'), elements(page.html, 'style').map(hashOf), name);
        const scripts = elements(page.html, 'script').map(hashOf);
        assert.deepEqual(directive(page, 'script-src'), scripts.length > 0 ? scripts : ["'none'"], name);
        assert.deepEqual(directive(page, 'default-src'), ["'none'"], name);
        assert.deepEqual(directive(page, 'base-uri'), ["'none'"], name);
        assert.deepEqual(directive(page, 'frame-ancestors'), ["'none'"], name);
        assert.doesNotMatch(page.contentSecurityPolicy, /unsafe|\*/, name);
      }
    });

    test('has no inline handler, style attribute or javascript: link', () => {
      for (const { name, markup } of pages) {
        assert.doesNotMatch(markup, /<[a-z][^>]*\s(on[a-z]+|style)\s*=/i, name);
        assert.doesNotMatch(markup, /javascript:/i, name);
      }
    });

    test('has each id once, and every reference finds one', () => {
      for (const { name, markup } of pages) {
        const ids = attributeValues(markup, 'id');
        assert.equal(new Set(ids).size, ids.length, `${name}: ${ids.join()}`);
        const references = ['for', 'form', 'aria-describedby', 'aria-labelledby', 'aria-controls'].flatMap(
          (attribute) => attributeValues(markup, attribute).flatMap((value) => value.split(' ')),
        );
        for (const id of references) assert.ok(ids.includes(id), `${name}: nothing has the id ${id}`);
      }
    });

    test('proves with each form that it is ours', () => {
      for (const { name, markup } of pages) {
        const forms = [...markup.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)];
        for (const [, tag = '', form = ''] of forms) {
          // What is sent by a GET changes nothing, so it proves nothing, and a token does not belong in an address.
          if (name.startsWith('device-enter')) {
            assert.match(tag, / method="get"/, name);
            assert.doesNotMatch(form, /name="(csrf|submission)"/, name);
            continue;
          }
          assert.match(tag, / method="post"/, name);
          const isForTheShop = tag.includes(` action="${sampleAnswer.address}"`);
          // A token of ours is not for another site.
          if (isForTheShop) assert.doesNotMatch(form, /name="(csrf|submission)"/, name);
          else assert.match(form, /<input type="hidden" name="csrf" value="csrf-token">/, name);
        }
      }
    });

    test('has a title that says what is wrong, and only then', () => {
      const { t, isolate } = pickLanguage([tag]);
      const [entries = '', error = ''] = (['entries', 'error'] as const).map(
        (problem) => t(`shared.title.${problem}`, { title: '…' }).split('…')[0],
      );
      assert.ok(entries && error);
      for (const { name, markup } of pages) {
        const [title = ''] = elements(markup, 'title');
        const isInvalid = /<[^>]* aria-invalid="true"/.test(markup);
        // The title of an error page is itself what is wrong.
        const isBad = /<[^>]* role="alert"(?![^>]* hidden)/.test(markup) || /refused$/.test(name);
        if (isInvalid) assert.ok(title.startsWith(entries), `${name}: ${title}`);
        else assert.equal(title.startsWith(error), isBad, `${name}: ${title}`);
        assert.ok(title.endsWith(isolate('Acme')), `${name}: ${title}`);
      }
    });

    test('puts the focus in one place at most', () => {
      for (const { name, markup } of pages) assert.ok((markup.match(/\sautofocus/g) ?? []).length <= 1, name);
    });
  });
}

test('a chosen theme is forced, and automatic follows the system', () => {
  const htmlTag = (theme: PageContext['theme']) => {
    const page = samplePages({ ...sampleContext, theme }).get('sign-in');
    return `${page?.html.match(/<html[^>]*>/)}${page?.html.match(/<meta name="color-scheme"[^>]*>/)}`;
  };
  assert.match(htmlTag('dark'), /data-theme="dark".*content="dark"/);
  assert.match(htmlTag('light'), /data-theme="light".*content="light"/);
  assert.doesNotMatch(htmlTag('auto'), /data-theme/);
  assert.match(htmlTag('auto'), /content="light dark"/);
});

test('the ribbon is on every page of the sandbox, and on none of production', () => {
  const { vendor: _, ...withoutVendor } = sampleContext;
  for (const page of samplePages({ ...withoutVendor, realm: 'sandbox' }).values())
    assert.match(page.html, /Sandbox — test people, nothing real/);
  assert.doesNotMatch(samplePages().get('sign-in')?.html ?? '', /Sandbox/);
});

test('each page tells the opener that the link is alive, and only the registered origin', () => {
  const pages = samplePages();
  for (const name of ['sign-in', 'sign-up', 'consent', 'deliver']) {
    const [ready] = handedToScripts(pages.get(name)?.html ?? '');
    const message = { type: 'signup-with-platform:ready', state: 'state-1' };
    assert.deepEqual(ready, { message, targetOrigin: 'https://bonsai.example' }, name);
  }
  assert.doesNotMatch(pages.get('error-unknown_app')?.html ?? '', /data-masked/);
  for (const origin of ['*', 'null', 'https://bonsai.example/path', '']) {
    const page = samplePages({ ...sampleContext, ready: { state: 's', origin } }).get('sign-in');
    assert.doesNotMatch(page?.html ?? '', /data-masked/);
  }
});

test('a page that posts to the shop posts to the one address', () => {
  const pages = samplePages();
  for (const name of ['form-post', 'leaving-by-form', 'error-way-back-by-form']) {
    const page = pages.get(name);
    assert.ok(page, name);
    assert.deepEqual(directive(page, 'form-action'), ['https://bonsai.example/callback'], name);
  }
});
