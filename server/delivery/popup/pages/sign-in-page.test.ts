import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { sampleContext, samplePersonas, sampleSignIn } from './page-samples.ts';
import { signInPage } from './sign-in-page.ts';

const sandbox = { ...sampleContext, realm: 'sandbox' } as const;

describe('the sign-in page', () => {
  const { html } = signInPage(sampleContext, sampleSignIn);

  test('asks for email and password, under those names', () => {
    assert.match(html, /<label for="email">Email<\/label>[\s\S]*<input id="email" name="email" type="email"/);
    assert.match(
      html,
      /<label for="password">Password<\/label>[\s\S]*<input id="password" name="password" type="password"/,
    );
    assert.match(html, /<form class="stack" id="sign-in" method="post" action="\/interaction\/abc\/sign-in"\s*>/);
    assert.match(html, /<button class="button primary" form="sign-in">Sign in<\/button>/);
  });

  test('tells the browser what to fill in', () => {
    assert.match(html, /id="email"[^>]* autocomplete="username webauthn"/);
    assert.match(html, /id="password"[^>]* autocomplete="current-password"/);
  });

  test('offers passkeys, but for browsers that cannot', () => {
    const [form = ''] = /<form[^>]* action="\/interaction\/abc\/passkey"[^>]*>/.exec(html) ?? [];
    assert.match(form, / hidden>$/);
    assert.match(form, /data-passkey-request="{&quot;challenge&quot;:/);
    // Whoever looks for the button "Sign in" finds one.
    assert.match(html, /<span>Use a passkey<\/span><\/button>/);
  });

  test('labels nothing but the input as the password', () => {
    const labels = [...html.matchAll(/aria-label="([^"]*)"|<label[^>]*>([^<]*)</g)].map(([, a, b]) => a ?? b ?? '');
    assert.equal(labels.filter((label) => /password/i.test(label)).length, 1);
  });

  test('leads to the other ways out', () => {
    assert.match(html, /<a href="\/interaction\/abc\/sign-up">Create an account<\/a>/);
    assert.match(html, /<a href="\/interaction\/abc\/forgot-password">Forgot your password\?/);
    assert.match(
      html,
      /<button class="button secondary" form="sign-in" formaction="\/interaction\/abc\/code" formnovalidate>Email me a code</,
    );
    const [, cancel = ''] =
      /<form\s+method="post" action="\/interaction\/abc\/cancel"\s*>(.*?)<\/form>/.exec(html) ?? [];
    assert.match(cancel, /<button class="button quiet">Cancel<\/button>$/);
    assert.doesNotMatch(cancel, /required/);
  });

  test('shows who asks', () => {
    assert.match(html, /<bdi>Bonsai &amp; Bark<\/bdi>/);
    assert.match(html, /<bdi dir="ltr">https:\/\/bonsai\.example<\/bdi>/);
  });

  test('starts in the email field', () => assert.match(html, /<input id="email"[^>]* autofocus/));
});

describe('a failed sign-in', () => {
  const { html } = signInPage(sampleContext, {
    ...sampleSignIn,
    email: 'ada@example.com',
    error: 'invalid_credentials',
  });

  test('says so next to both fields, and goes on in the password', () => {
    assert.match(html, /<div class="alert" role="alert" id="alert">/);
    assert.equal(html.match(/aria-invalid="true" aria-describedby="alert"/g)?.length, 2);
    assert.match(html, /<input id="password"[^>]* autofocus/);
  });

  test('keeps the email and never the password', () => {
    assert.match(html, /<input id="email"[^>]* value="ada@example\.com"/);
    assert.doesNotMatch(html, /<input id="password"[^>]* value=/);
  });

  test('is the same whether or not there is such an account', () => {
    const other = signInPage(sampleContext, {
      ...sampleSignIn,
      email: 'ada@example.com',
      error: 'invalid_credentials',
    });
    const stable = (page: string) => page.replaceAll(/(?:name="submission" value|data-masked)="[^"]*"/g, '');
    assert.equal(stable(other.html), stable(html));
    assert.doesNotMatch(html, /no account|not registered|unknown/i);
  });

  test('after too many says when to come back', () => {
    const soon = signInPage(sampleContext, { ...sampleSignIn, error: 'too_many_attempts', retryAfterMinutes: 5 });
    assert.match(soon.html, /Try again in 5 minutes\./);
    const later = signInPage(sampleContext, { ...sampleSignIn, error: 'too_many_attempts' });
    assert.match(later.html, /Wait a while, then try again\./);
  });
});

describe('the sandbox', () => {
  const { html } = signInPage(sandbox, { ...sampleSignIn, personas: samplePersonas });

  test('offers each test person at one click, with what it shows', () => {
    for (const { key } of samplePersonas)
      assert.match(html, new RegExp(`<button class="persona" name="persona" value="${key}">`));
    assert.match(html, /Says no: your page gets access_denied/);
  });

  test('keeps the ordinary way below', () => {
    assert.ok(html.indexOf('name="persona"') < html.indexOf('id="email"'));
    assert.match(html, />Create an account</);
  });

  test('leaves the focus, so that the people stay in view', () => assert.doesNotMatch(html, /autofocus/));

  test('tells of a blocked person where it was picked', () => {
    const blocked = signInPage(sandbox, { ...sampleSignIn, personas: samplePersonas, error: 'account_blocked' });
    assert.ok(blocked.html.indexOf('role="alert"') < blocked.html.indexOf('name="persona"'));
  });
});

describe('the first page, all of it', () => {
  // Ten segments of 1460 bytes are what a server may send before the first acknowledgement (RFC 6928): 14 KB. Ours leaves room for headers.
  for (const [name, page, maxBytes] of [
    ['production', signInPage(sampleContext, sampleSignIn), 7.75 * 1024],
    // Here are test people, what makes sure that one is picked deliberately, and the way to start over with fresh ones.
    ['sandbox', signInPage(sandbox, { ...sampleSignIn, personas: samplePersonas }), 9 * 1024],
  ] as const) {
    test(`is small in ${name}`, () => {
      const bytes = Buffer.from(page.html);
      assert.ok(brotliCompressSync(bytes).length < maxBytes, `brotli: ${brotliCompressSync(bytes).length}`);
      assert.ok(gzipSync(bytes).length < maxBytes, `gzip: ${gzipSync(bytes).length}`);
    });
  }

  test('loads nothing else', () => {
    const { html } = signInPage(sampleContext, sampleSignIn);
    assert.doesNotMatch(html, /<script[^>]*\ssrc=|<link rel="stylesheet|@import|url\(/);
  });
});
