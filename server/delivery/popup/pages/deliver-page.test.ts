import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handedToScripts } from '#testing/http-journey.ts';
import { deliverPage } from './deliver-page.ts';
import { sampleContext } from './page-samples.ts';

const message = { type: 'signup-with-platform:response', state: 's', iss: 'https://acme.example', code: 'c' } as const;

test('the message is addressed to the one origin', () => {
  const { html } = deliverPage(sampleContext, { message, targetOrigin: 'https://bonsai.example' });
  const targets = handedToScripts(html).map(({ targetOrigin }) => targetOrigin);
  assert.deepEqual(targets, ['https://bonsai.example', 'https://bonsai.example']);
});

for (const targetOrigin of [
  '*',
  '/',
  '',
  'null',
  'https://bonsai.example/',
  'https://*.example',
  'javascript:alert(1)',
]) {
  test(`a message to ${JSON.stringify(targetOrigin)} is never written`, () => {
    assert.throws(() => deliverPage(sampleContext, { message, targetOrigin }), TypeError);
  });
}

test('no title but that of the first moment says that anybody is being returned', () => {
  const { html } = deliverPage(sampleContext, { message, targetOrigin: 'https://bonsai.example' });
  assert.match(html, /<title>Returning you · Acme<\/title>/);
  assert.match(html, /<div class="message delivered" data-title="You can go back · Acme">/);
  assert.match(html, /<div class="message unreachable" data-title="Error: Nothing was sent · Acme">/);
});

test('the page has words for each way it can end', () => {
  const { html } = deliverPage(sampleContext, { message, targetOrigin: 'https://bonsai.example' });
  assert.match(html, /Returning you to <bdi>Bonsai &amp; Bark<\/bdi>…/);
  assert.match(html, /You can go back to/);
  assert.match(html, /can’t be reached, so nothing was sent/);
  assert.match(html, /needs JavaScript/);
});

test('a developer whose page is cut off reads why, and what the page would have been told', () => {
  const targetOrigin = 'https://bonsai.example';
  const boxOf = (model: Parameters<typeof deliverPage>[1]) =>
    /<section class="box cut-off">.*?<\/section>/s.exec(deliverPage(sampleContext, model).html)?.[0] ?? '';
  const box = boxOf({ message, targetOrigin });
  assert.match(box, /Cross-Origin-Opener-Policy: same-origin-allow-popups/);
  assert.match(box, /redirect URI of <code>https:\/\/bonsai\.example<\/code>/);
  assert.doesNotMatch(box, />c</, 'nothing of what is delivered');
  const { code: _code, ...rest } = message;
  const refused = { ...rest, error: 'invalid_request', error_description: 'fields: <b>shoe</b> is not a claim' };
  assert.match(
    boxOf({ message: refused, targetOrigin }),
    /invalid_request: fields: &lt;b&gt;shoe&lt;\/b&gt; is not a claim/,
  );
  assert.equal(boxOf({ message, targetOrigin, fedcm: {} }), '', 'the browser itself opened this window');
});
