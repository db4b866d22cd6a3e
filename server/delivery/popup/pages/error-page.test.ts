import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorPage } from './error-page.ts';
import { ERROR_PAGE_CODES, sampleContext } from './page-samples.ts';

for (const code of ERROR_PAGE_CODES) {
  test(`${code} says what happened, that nothing was shared, and what to do`, () => {
    const { html } = errorPage(sampleContext, { code, requestId: 'req-1' });
    assert.match(html, /<h1>[^<]{10,}<\/h1><p>.{20,}<\/p><\/div>\n<p>.{15,}<\/p>/);
    assert.match(html, /Nothing was shared\./);
    assert.match(html, /Request ID: <code><bdi dir="ltr">req-1<\/bdi><\/code>/);
    assert.doesNotMatch(html, /For developers/);
  });
}

test('a hint for developers stays in English, apart from the rest', () => {
  const context = { ...sampleContext, languages: ['ar'] };
  const { html } = errorPage(context, { code: 'invalid_request', requestId: 'r', developerHint: 'state: too long' });
  assert.match(html, /<p class="small" lang="en" dir="ltr">state: too long<\/p>/);
});

test('the button that needs a script is hidden without one', () => {
  const { html } = errorPage(sampleContext, { code: 'expired', requestId: 'r' });
  assert.match(html, /<button class="button secondary" type="button" data-close hidden>Close window<\/button>/);
});
